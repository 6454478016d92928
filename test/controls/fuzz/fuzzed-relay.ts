import { join } from 'node:path';
import { until } from '#testing';
import { ORIGIN } from '../../e2e/second-factors.js';
import { SCRAPE_TOKEN } from '../../scraping.js';
import { SeparateRelay } from '../separate-relay.js';
import { UNLIMITED } from '../unlimited.js';

/** What the relay's process takes, and for how long its event loop stood still at most since it was asked last. */
export interface Gauge {
  readonly rssBytes: number;
  /** Of it, what is in use on the heap. */
  readonly heapBytes: number;
  readonly stallMs: number;
}

const GAUGE = '{"gauge":';

/** The relay as it is shipped, in a process of its own that can be gauged, without limits that would spare it inputs. */
export class FuzzedRelay {
  private constructor(private readonly relay: SeparateRelay) {}

  /** A relay that runs while the tests do which are declared beside it. */
  static duringTests(): FuzzedRelay {
    const gauge = `--import=${join(import.meta.dirname, 'gauge.fixture.mjs')}`;
    // Each thread keeps the 19 MiB of its last password hash, at some time or other: of one it is known when.
    const settings = { ...UNLIMITED, UV_THREADPOOL_SIZE: '1', PUBLIC_URL: ORIGIN, METRICS_TOKEN: SCRAPE_TOKEN };
    return new FuzzedRelay(SeparateRelay.duringTests(settings, [gauge]));
  }

  get url(): string {
    return this.relay.url;
  }

  /** As the operator does it. */
  async makeAdmin(username: string): Promise<void> {
    await this.relay.query('UPDATE accounts SET admin_since = now() WHERE username = $1', [username]);
  }

  get isRunning(): boolean {
    return this.relay.process.isRunning;
  }

  /** Lines of its log that tell of a fault of its own, or of something that nobody caught. */
  get complaints(): string[] {
    const isOrdinary = (line: string): boolean => line.startsWith('{') || line.startsWith('Sealpost ');
    return this.relay.process.output.filter((line) => /"level":(50|60)/.test(line) || !isOrdinary(line));
  }

  async gauge(): Promise<Gauge> {
    const gauges = (): string[] => this.relay.process.output.filter((line) => line.startsWith(GAUGE));
    const before = gauges().length;
    process.kill(this.relay.process.pid, 'SIGUSR2');
    const line = await until(() => gauges()[before], 'the relay tells its figures');
    return (JSON.parse(line) as { gauge: Gauge }).gauge;
  }
}
