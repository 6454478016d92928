import { call, pair, recordEvidence, scaled, type TestUser, until } from '#testing';
import { Follower } from './follower.js';
import { TwoRelays } from './two-relays.js';

/** The promise; in CI another worker's tests take their share of the machine. */
const WITHIN_MS = scaled({ ci: 3_500, gate: 2_000 });
const MESSAGES = scaled({ ci: 8, gate: 40 });
const ACKNOWLEDGED_MS = scaled({ ci: 1_500, gate: 500 });

/** Somebody who writes at one relay, and somebody who hears it at the other. */
class Correspondence {
  readonly acknowledgedMs: number[] = [];
  readonly deliveredMs: number[] = [];

  private constructor(
    private readonly ada: TestUser,
    private readonly follower: Follower,
    private readonly conversationId: string,
  ) {}

  static async begin({ here, there }: TwoRelays): Promise<Correspondence> {
    const { ada, bob, conversationId } = await pair(here);
    return new Correspondence(ada, await Follower.follow(there.url, bob), conversationId);
  }

  /** How the messages so far have come. */
  came(by: 'push' | 'pull'): number {
    return this.follower.logOf(this.conversationId).filter(({ cameBy }) => cameBy === by).length;
  }

  /** Sends one, and waits until it has come. */
  async exchange(): Promise<void> {
    const sentAt = performance.now();
    const { status, body } = await this.ada.send(this.conversationId, 'on the way');
    expect(status).toBe(201);
    const acknowledgedAt = performance.now();
    this.acknowledgedMs.push(acknowledgedAt - sentAt);
    const { seq } = body as { seq: number };
    await until(() => this.follower.logOf(this.conversationId).length >= seq, `message ${seq} came`, 15_000);
    this.deliveredMs.push(performance.now() - acknowledgedAt);
  }

  /** Goes on until one is pushed again. */
  async pushed(): Promise<void> {
    const before = this.came('push');
    await until(async () => {
      await this.exchange();
      return this.came('push') > before;
    }, 'a message was pushed');
  }

  close(): void {
    this.follower.close();
  }
}

describe('a relay whose notifications are cut off', () => {
  const relays = TwoRelays.duringTests('postgres');
  /** As it is while nobody is at the machine: ended from outside, and connected again by itself. */
  const cutOff = (): Promise<unknown> =>
    relays.here.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sealpost-bus' AND datname = current_database()`,
    );

  it('finds what it was not notified of within two seconds (R-16)', async () => {
    const correspondence = await Correspondence.begin(relays);
    await correspondence.pushed();
    for (let cut = 0; cut < MESSAGES; cut++) {
      await cutOff();
      await correspondence.exchange();
    }
    const slowestMs = Math.max(...correspondence.deliveredMs);
    recordEvidence('R-16', { cuts: MESSAGES, slowestMs: Math.round(slowestMs) });
    expect(slowestMs).toBeLessThan(WITHIN_MS);
    // Of a wake-up that came nobody can say that it was lost.
    expect(correspondence.came('pull')).toBeGreaterThan(0);
    await relays.connected();
    await correspondence.pushed();
    correspondence.close();
  });
});

const outages: [string, (relays: TwoRelays) => void | Promise<void>, (relays: TwoRelays) => void | Promise<void>][] = [
  ['is killed', ({ redis }) => redis.kill(), ({ redis }) => redis.begin()],
  ['freezes', ({ redis }) => redis.freeze(), ({ redis }) => redis.thaw()],
];

describe.each(outages)('when redis %s', (_what, lose, restore) => {
  const relays = TwoRelays.duringTests('redis');

  it('messages are taken as before and come within two seconds, limits are kept by each relay, and nobody signs in (R-10)', async () => {
    const correspondence = await Correspondence.begin(relays);
    await correspondence.pushed();
    const { here } = relays;
    const { ada } = await pair(here);

    await lose(relays);
    for (let sent = 0; sent < MESSAGES; sent++) await correspondence.exchange();
    const [slowestMs, slowestAcknowledgementMs] = [correspondence.deliveredMs, correspondence.acknowledgedMs].map(
      (times) => Math.round(Math.max(...times)),
    );
    expect(slowestMs).toBeLessThan(WITHIN_MS);
    expect(slowestAcknowledgementMs).toBeLessThan(ACKNOWLEDGED_MS);
    expect(correspondence.came('pull')).toBeGreaterThan(0);
    const { status: ofProfile } = await ada.request('PATCH', '/auth/me', { displayName: 'Ada' });
    const login = { username: ada.username, authKey: ada.authKey, device: { name: 'new' } };
    const { status: ofSignIn } = await call(here, 'POST', '/v1/auth/login', { body: login });
    expect([ofProfile, ofSignIn]).toEqual([200, 503]);

    await restore(relays);
    await relays.connected();
    await correspondence.pushed();
    await until(
      async () => (await call(here, 'POST', '/v1/auth/login', { body: login })).status === 200,
      'people can sign in again',
    );
    recordEvidence('R-10', {
      messages: MESSAGES,
      slowestMs: slowestMs!,
      slowestAcknowledgementMs: slowestAcknowledgementMs!,
    });
    correspondence.close();
  });
});

describe('a relay that alone does not reach redis', () => {
  const relays = TwoRelays.duringTests('redis');

  it('says so by the database, and the others find what it could not tell them (R-10)', async () => {
    const correspondence = await Correspondence.begin(relays);
    await relays.cutOffHere();
    for (let sent = 0; sent < MESSAGES; sent++) await correspondence.exchange();
    expect(Math.max(...correspondence.deliveredMs)).toBeLessThan(WITHIN_MS);
    expect(correspondence.came('push')).toBe(0);
    correspondence.close();
  });
});
