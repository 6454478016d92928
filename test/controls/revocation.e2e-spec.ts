import { call, people, recordEvidence, scaled, TestRelay, TestSocket, type TestUser, until } from '#testing';
import { secret } from '../e2e/signing-in.js';
import { openSessions, type OpenSession } from './open-sessions.js';
import { percentile } from './timings.js';

const SOCKETS = scaled({ ci: 200, gate: 1_000 });
const PER_ACCOUNT = 10;
const ACCOUNTS_AT_ONCE = 10;
/** The promised second; in CI another worker's tests take their share of the machine. */
const WITHIN_MS = scaled({ ci: 1_500, gate: 1_000 });

jest.setTimeout(180_000);

const here = TestRelay.duringTests();
const there = TestRelay.duringTests({ beside: here });

/** A session with a socket, on either relay, that notes when it was closed and what the next request then was answered. */
class Watched {
  private closedAtMs: number | undefined;
  private next: Promise<number> | undefined;
  endedAtMs = Infinity;

  private constructor(
    readonly session: OpenSession,
    private readonly relay: TestRelay,
    private readonly socket: TestSocket,
  ) {
    socket.socket.once('disconnect', () => {
      this.closedAtMs = performance.now();
      this.next = this.ask(relay);
    });
  }

  static async connect(session: OpenSession, relay: TestRelay): Promise<Watched> {
    return new Watched(session, relay, await TestSocket.connect(relay.url, session.token));
  }

  get isElsewhere(): boolean {
    return this.relay === there;
  }

  get isClosed(): boolean {
    return this.closedAtMs !== undefined;
  }

  /** From the answer to whoever ended it to the end of the socket; before that answer is at once. */
  get delayMs(): number {
    return Math.max(0, (this.closedAtMs ?? Infinity) - this.endedAtMs);
  }

  /** What the first request was answered after the socket was closed, at the relay that had closed it. */
  async nextStatus(): Promise<number | undefined> {
    return this.next;
  }

  async ask(relay: TestRelay): Promise<number> {
    return (await call(relay, 'GET', '/v1/auth/me', { token: this.session.token })).status;
  }

  close(): void {
    this.socket.close();
  }
}

/** One person's sessions, half of them with sockets on the other relay, all on a device of their own. */
interface Crowd {
  readonly owner: TestUser;
  readonly deviceId: string;
  readonly watched: readonly Watched[];
}

async function crowdOf(owner: TestUser): Promise<Crowd> {
  const { deviceId } = await owner.onNewDevice();
  const sessions = await openSessions(here, { accountId: owner.accountId, deviceId }, PER_ACCOUNT);
  const watched = await Promise.all(
    sessions.map((session, index) => Watched.connect(session, index % 2 === 0 ? here : there)),
  );
  return { owner, deviceId, watched };
}

type Ending = (crowd: Crowd) => Promise<void>;

/** Ends sessions by one request, after which they are over here at once. */
async function endBy(watched: readonly Watched[], request: Promise<{ status: number }>): Promise<void> {
  expect((await request).status).toBe(204);
  for (const one of watched) one.endedAtMs = performance.now();
  for (const one of watched) expect(await one.ask(here)).toBe(401);
}

const newKdf = { algorithm: 'pbkdf2-sha256', salt: 'q83vEjRWeJCrze8SNFZ4kA', iterations: 600_000 };

const ENDINGS: Readonly<Record<string, Ending>> = {
  'signing out': async ({ watched }) => {
    for (const one of watched) {
      const { token } = one.session;
      await endBy([one], call(here, 'POST', '/v1/auth/logout', { token }));
    }
  },
  'ending them one by one': async ({ owner, watched }) => {
    for (const one of watched) await endBy([one], owner.request('DELETE', `/auth/sessions/${one.session.id}`));
  },
  'revoking their device': ({ owner, deviceId, watched }) =>
    endBy(watched, owner.request('DELETE', `/devices/${deviceId}`)),
  'changing the secret': ({ owner, watched }) =>
    endBy(watched, owner.request('POST', '/auth/password', { authKey: owner.authKey, newAuthKey: secret(), newKdf })),
  'deleting the account': ({ owner, watched }) =>
    endBy(watched, owner.request('DELETE', '/auth/me', { authKey: owner.authKey })),
};

describe('sessions with sockets on two relays', () => {
  const crowds: Crowd[] = [];
  beforeAll(async () => {
    while (crowds.length < SOCKETS / PER_ACCOUNT)
      crowds.push(...(await Promise.all((await people(here, ACCOUNTS_AT_ONCE)).map(crowdOf))));
  });
  afterAll(() => {
    for (const { watched } of crowds) for (const one of watched) one.close();
  });

  it('are over within a second of their end, whichever way and on either: sockets closed, requests refused (C-15)', async () => {
    const endings = Object.values(ENDINGS);
    for (let next = 0; next < crowds.length; next += ACCOUNTS_AT_ONCE)
      await Promise.all(
        crowds.slice(next, next + ACCOUNTS_AT_ONCE).map((crowd, index) => endings[index % endings.length]!(crowd)),
      );
    const all = crowds.flatMap(({ watched }) => watched);
    await until(() => all.every(({ isClosed }) => isClosed), 'all sockets were closed');
    expect(new Set(await Promise.all(all.map((one) => one.nextStatus())))).toEqual(new Set([401]));
    const p99 = (some: readonly Watched[]): number =>
      percentile(
        some.map(({ delayMs }) => delayMs),
        0.99,
      );
    const delays = {
      hereP99Ms: p99(all.filter((one) => !one.isElsewhere)),
      thereP99Ms: p99(all.filter((one) => one.isElsewhere)),
    };
    recordEvidence('C-15', { sockets: all.length, ...delays });
    expect(all).toHaveLength(SOCKETS);
    expect(Math.max(...Object.values(delays))).toBeLessThanOrEqual(WITHIN_MS);
  });
});
