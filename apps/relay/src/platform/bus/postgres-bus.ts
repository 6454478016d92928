import { setTimeout as delay } from 'node:timers/promises';
import { impatientClient, type PostgresClient } from '../database/impatient-client.js';
import type { Log } from '../logging/log.js';
import { type Bus, EVERYBODY, type Frame, SILENCE_MS, type Topic, TRY_EVERY_MS } from './bus.js';
import { pack, unpack } from './packed-frames.js';

const CHANNEL = 'sealpost';
const FIRST_RETRY_MS = 50;
const LONGEST_RETRY_MS = 1_000;
/** Every notification takes a lock that the whole server shares: so many go together, at most two hundred times a second. */
const GATHER_MS = 5;
/** Frames that wait for their turn. */
const MOST_FRAMES = 20_000;

/**
 * Frames by LISTEN and NOTIFY, on a connection of its own and outside every transaction of the relay. All relays hear all of
 * them, and keep what is about their own sockets. It is up while that connection answers.
 */
export class PostgresBus implements Bus {
  readonly carriesContent = false;
  losses = 0;
  private client: PostgresClient | undefined;
  private readonly wanted = new Set<Topic>([EVERYBODY]);
  private hear: (frame: Frame) => void = () => undefined;
  private outgoing: Frame[] = [];
  private flushing: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private retry: NodeJS.Timeout | undefined;
  private isTrying = false;
  private isStopped = false;

  constructor(
    private readonly url: string,
    private readonly log: Log,
  ) {}

  get isUp(): boolean {
    return this.client !== undefined;
  }

  start(hear: (frame: Frame) => void): void {
    this.hear = hear;
    void this.connect(1);
    this.timer = setInterval(() => this.tryOut(), TRY_EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearInterval(this.timer);
    clearTimeout(this.retry);
    await this.flushing;
    const client = this.client;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  publish(frame: Frame): void {
    if (!this.isUp) return;
    if (this.outgoing.length >= MOST_FRAMES) {
      this.losses++;
      return;
    }
    this.outgoing.push(frame);
    this.flushing ??= this.flush().finally(() => (this.flushing = undefined));
  }

  follow(topic: Topic): void {
    this.wanted.add(topic);
  }

  unfollow(topic: Topic): void {
    this.wanted.delete(topic);
  }

  followed(): undefined {
    return undefined;
  }

  private async connect(attempt: number): Promise<void> {
    const client = new (impatientClient(SILENCE_MS))({
      connectionString: this.url,
      connectionTimeoutMillis: 2 * SILENCE_MS,
      application_name: 'sealpost-bus',
      keepAlive: true,
    });
    client.on('error', () => this.lose(client));
    client.on('end', () => this.lose(client));
    client.on('notification', (notification) => this.take(client, notification));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      if (this.isStopped) {
        await client.end();
        return;
      }
      this.client = client;
      this.log.info('bus ready');
    } catch {
      // Whoever cannot be reached has no connection to be ended.
      client.end().catch(() => undefined);
      this.connectLater(attempt + 1);
    }
  }

  private connectLater(attempt: number): void {
    if (this.isStopped) return;
    const waitMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempt - 1));
    this.retry = setTimeout(() => void this.connect(attempt), waitMs).unref();
  }

  private take(
    client: PostgresClient,
    { processId, payload = '' }: { processId: number; payload?: string | undefined },
  ): void {
    if (processId === (client as unknown as { readonly processID: number }).processID) return;
    try {
      for (const { topics, body } of unpack(payload)) {
        const ours = topics.filter((topic) => this.wanted.has(topic));
        if (ours.length > 0) this.hear({ topics: ours, body });
      }
    } catch (error) {
      this.log.warn('a notification is not a relay’s', {}, error);
    }
  }

  private async flush(): Promise<void> {
    while (this.outgoing.length > 0) {
      const texts = pack(this.outgoing.splice(0));
      const client = this.client;
      if (client === undefined) return;
      try {
        await client.query('SELECT pg_notify($1, text) FROM unnest($2::text[]) AS text', [CHANNEL, texts]);
      } catch {
        // A connection that is no good any more says so itself; one that is has refused this.
        this.losses++;
      }
      await delay(GATHER_MS, undefined, { ref: false });
    }
  }

  private tryOut(): void {
    const { client } = this;
    if (client === undefined || this.isTrying) return;
    this.isTrying = true;
    client
      .query('SELECT 1')
      .catch(() => this.lose(client))
      .finally(() => (this.isTrying = false));
  }

  private lose(client: PostgresClient): void {
    if (client !== this.client) return;
    this.client = undefined;
    this.outgoing = [];
    this.losses++;
    client.end().catch(() => undefined);
    if (!this.isStopped) this.log.warn('bus lost, catching up from the database until it is back');
    this.connectLater(1);
  }
}
