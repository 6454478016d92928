import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedOptions, type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;

/** What happened to the server that nobody asked for. */
export interface SupervisionEvents {
  readonly onExit: (signal: NodeJS.Signals | null) => void;
  readonly onRestart: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** The embedded server, started again on the same port whenever it ends by itself: the relay's pool then reconnects. */
export class SupervisedPostgres {
  private stopping = false;
  private reviving: Promise<void> = Promise.resolve();

  private constructor(
    private server: EmbeddedPostgres,
    private readonly options: EmbeddedOptions,
    private readonly events: SupervisionEvents,
  ) {
    this.watch();
  }

  static async start(options: EmbeddedOptions, events: SupervisionEvents): Promise<SupervisedPostgres> {
    const server = await startEmbeddedPostgres(options);
    return new SupervisedPostgres(server, { ...options, port: server.port }, events);
  }

  get ownerUrl(): string {
    return this.server.ownerUrl;
  }

  get applicationUrl(): string {
    return this.server.applicationUrl;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.reviving;
    await this.server.stop();
  }

  private watch(): void {
    void this.server.exited.then(({ signal }) => {
      if (this.stopping) return;
      this.events.onExit(signal);
      this.reviving = this.revive();
    });
  }

  private async revive(): Promise<void> {
    for (let waitMs = FIRST_WAIT_MS; !this.stopping; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
      try {
        this.server = await startEmbeddedPostgres(this.options);
        this.events.onRestart();
        this.watch();
        return;
      } catch (error) {
        this.events.onFailure(error);
        await sleep(waitMs);
      }
    }
  }
}
