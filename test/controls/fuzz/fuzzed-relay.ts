import { join } from 'node:path';
import { createTestDatabase, type TestDatabase, until } from '#testing';
import { BuiltRelay } from '../../chaos/built-relay.js';
import { UNLIMITED } from '../unlimited.js';

/** What the relay's process takes, and for how long its event loop stood still at most since it was asked last. */
export interface Gauge {
  readonly rssBytes: number;
  readonly stallMs: number;
}

const GAUGE = '{"gauge":';

/** The relay as it is shipped, in a process of its own that can be gauged, without limits that would spare it inputs. */
export class FuzzedRelay {
  private constructor(
    private readonly database: TestDatabase,
    private readonly relay: BuiltRelay,
  ) {}

  static async start(): Promise<FuzzedRelay> {
    const { TEST_OWNER_URL: ownerUrl = '', TEST_APPLICATION_URL: applicationUrl = '' } = process.env;
    const database = await createTestDatabase({ ownerUrl, applicationUrl });
    const relay = await BuiltRelay.prepare({
      DATABASE_URL: database.applicationUrl,
      MIGRATION_DATABASE_URL: database.ownerUrl,
      ...UNLIMITED,
      NODE_OPTIONS: `--import=${join(import.meta.dirname, 'gauge.fixture.mjs')}`,
    });
    await relay.start();
    return new FuzzedRelay(database, relay);
  }

  get url(): string {
    return this.relay.url;
  }

  get isRunning(): boolean {
    return this.relay.isRunning;
  }

  /** Lines of its log that tell of a fault of its own, or of something that nobody caught. */
  get complaints(): string[] {
    const isOrdinary = (line: string): boolean => line.startsWith('{') || line.startsWith('Sealpost ');
    return this.relay.output.filter((line) => /"level":(50|60)/.test(line) || !isOrdinary(line));
  }

  async gauge(): Promise<Gauge> {
    const gauges = (): string[] => this.relay.output.filter((line) => line.startsWith(GAUGE));
    const before = gauges().length;
    process.kill(this.relay.pid, 'SIGUSR2');
    const line = await until(() => gauges()[before], 'the relay tells its figures');
    return (JSON.parse(line) as { gauge: Gauge }).gauge;
  }

  async remove(): Promise<void> {
    await this.relay.remove();
    await this.database.drop();
  }
}
