import { setTimeout as delay } from 'node:timers/promises';
import { closeAfterEach, recordEvidence, scaled, until } from '#testing';
import { Crowd } from '../controls/crowd.js';
import { SeparateRelay } from '../controls/separate-relay.js';
import { metric, SCRAPE_TOKEN, scrape, type Series, seriesIn } from '../scraping.js';

const CLIENTS = scaled({ ci: 1_000, gate: 10_000 });
const LONGEST_MS = scaled({ ci: 15_000, gate: 30_000 });
/** With ten thousand sockets the relay takes some ten milliseconds to say all of it. */
const SAMPLE_MS = 1_000;

jest.setTimeout(scaled({ ci: 60_000, gate: 240_000 }));

const relay = SeparateRelay.duringTests({ METRICS_TOKEN: SCRAPE_TOKEN });
const crowd = Crowd.duringTests();
const closeLater = closeAfterEach();

/** What a relay says of itself while everybody comes, at its worst. */
class Watch {
  mostWaiting = 0;
  mostConnections = 0;
  mostHashes = 0;
  private readonly timer: NodeJS.Timeout;
  private isAsking = false;

  constructor() {
    this.timer = setInterval(() => {
      if (this.isAsking) return;
      this.isAsking = true;
      // Some answers come too late, or not at all: there are others.
      scrape(relay)
        .then(
          ({ body }) => this.take(seriesIn(body as string)),
          () => undefined,
        )
        .finally(() => (this.isAsking = false));
    }, SAMPLE_MS);
  }

  close(): void {
    clearInterval(this.timer);
  }

  private take(series: readonly Series[]): void {
    const of = (name: string): number =>
      series.filter((one) => one.name === name).reduce((sum, { value }) => sum + value, 0);
    this.mostWaiting = Math.max(this.mostWaiting, of('sealpost_database_waiting'));
    this.mostConnections = Math.max(this.mostConnections, of('sealpost_database_connections'));
    this.mostHashes = Math.max(this.mostHashes, of('sealpost_secret_hashes_running'));
  }
}

/** Requests that the relay has answered since it was started, but for those for its metrics. */
async function requestsAnswered(): Promise<string[]> {
  const { body } = await scrape(relay);
  return seriesIn(body as string)
    .filter(({ name }) => name === 'sealpost_http_request_duration_seconds_count')
    .flatMap(({ labels }) => (labels.route === '/metrics' ? [] : [`${labels.method!} ${labels.route!}`]));
}

/** Asking the crowd takes it as long as some clients need to come. */
const ASK_MS = 200;

async function everybodyBack(withinMs: number): Promise<void> {
  const isBack = async (): Promise<boolean> => {
    await delay(ASK_MS);
    return (await crowd.tell('settled', null)).back === CLIENTS;
  };
  await until(isBack, 'everybody is there', withinMs);
}

test('when a relay with ten thousand clients was killed, all are back and in sync within thirty seconds, and nobody signs in (R-07)', async () => {
  const people = await relay.people(CLIENTS);
  const tokens = people.map(({ token }) => token);
  expect(await crowd.tell('settle', { url: relay.url, tokens })).toBe(CLIENTS);
  await everybodyBack(LONGEST_MS);
  const { tries: triesBefore } = await crowd.tell('settled', null);

  await relay.process.kill();
  await until(async () => (await crowd.tell('settled', null)).back === 0, 'everybody has lost it');
  const startingAt = performance.now();
  await relay.process.start();
  const readyAt = performance.now();
  const watch = closeLater(new Watch());
  await everybodyBack(3 * LONGEST_MS);
  const backMs = Math.round(performance.now() - readyAt);
  watch.close();
  const { tries, refusals } = await crowd.tell('settled', null);

  const limit = await metric(relay, 'sealpost_database_connections_limit');
  recordEvidence('R-07', {
    clients: CLIENTS,
    startMs: Math.round(readyAt - startingAt),
    backMs,
    triesEach: Math.round(((tries - triesBefore) / CLIENTS) * 10) / 10,
    mostWaiting: watch.mostWaiting,
    mostConnections: watch.mostConnections,
  });
  expect(backMs).toBeLessThan(LONGEST_MS);
  expect(refusals).toEqual([]);
  // The pool had enough for everybody, and nothing was given up that waited for it.
  expect(watch.mostConnections).toBeGreaterThan(0);
  expect(watch.mostConnections).toBeLessThanOrEqual(limit);
  expect(await metric(relay, 'sealpost_database_failures_total')).toBe(0);
  // Tokens were checked, and nothing else: no request was made by which anybody signs in, and there is no session more.
  expect(await requestsAnswered()).toEqual([]);
  expect(watch.mostHashes).toBe(0);
  expect(await relay.query('SELECT count(*)::int AS sessions FROM sessions')).toEqual([{ sessions: CLIENTS }]);
  expect(await metric(relay, 'sealpost_sockets')).toBe(CLIENTS);
  expect([relay.process.isRunning, relay.logged('"level":"error"'), relay.logged('"level":50')]).toEqual([true, 0, 0]);
  expect(await crowd.tell('disband', null)).toBe(CLIENTS);
});
