import { call, closeAfterEach, draftOf, recordEvidence, scaled, until } from '#testing';
import type { SeededPerson } from '../load/lib/people.mjs';
import { connect } from '../load/lib/socket-io.mjs';
import { Crowd } from './crowd.js';
import { SeparateRelay } from './separate-relay.js';
import { SteadySenders } from './steady-senders.js';

const REPEATS = scaled({ ci: 2, gate: 20 });
const IDLE_SOCKETS = scaled({ ci: 500, gate: 5_000 });
const PER_SECOND = 500;
const LONGEST_MS = 10_000;
const LONGEST_WHEN_HUNG_MS = 15_000;

jest.setTimeout(300_000);
const closeLater = closeAfterEach();

interface Ending {
  readonly exitCode: number | null;
  readonly ms: number;
}

async function stop(relay: SeparateRelay): Promise<Ending> {
  const startedAt = performance.now();
  const exitCode = await relay.process.stop();
  return { exitCode, ms: Math.round(performance.now() - startedAt) };
}

/** Tries to open sockets, one after the other, until it is told to end. */
class Newcomers {
  lateOnes = 0;
  tries = 0;
  private isOver = false;

  constructor(
    private readonly relay: SeparateRelay,
    private readonly token: string,
    private readonly stopsBefore: number,
  ) {}

  async keepComing(): Promise<void> {
    while (!this.isOver) {
      const isLate = this.relay.logged('"stopping"') > this.stopsBefore;
      const socket = await connect(this.relay.url, { token: this.token }).catch(() => undefined);
      socket?.terminate();
      if (isLate) this.tries++;
      if (isLate && socket !== undefined) this.lateOnes++;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  close(): void {
    this.isOver = true;
  }
}

/** What the log says of each request that sends a message. */
const SENDING = '"method":"POST","route":"/v1/conversations/:conversationId/messages"';

/**
 * Other than an answer, or a connection that ended before the request was taken in: both are for the client to repeat. A
 * request that crosses the end of its connection on the way, or waits for a listener to accept it, is reset by the system.
 */
const isUnfair = (ending: string): boolean => !['201', '503', 'ECONNREFUSED', 'ECONNRESET'].includes(ending);

describe('a relay that is told to stop (R-14)', () => {
  const relay = SeparateRelay.duringTests({ LOG_LEVEL: 'debug' });
  const crowd = Crowd.duringTests();
  let ada: SeededPerson;
  let bob: SeededPerson;
  let idle: SeededPerson[];
  beforeAll(async () => {
    [ada, bob, ...idle] = (await relay.people(2 + IDLE_SOCKETS)) as [SeededPerson, SeededPerson];
  });

  const storedOf = async (ids: readonly string[]): Promise<number> => {
    const [row] = await relay.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM entries WHERE conversation_id = $1 AND id = ANY($2::uuid[])',
      [ada.conversationId, ids],
    );
    return row!.n;
  };

  async function sendAgain(id: string): Promise<number> {
    const path = `/v1/conversations/${ada.conversationId!}/messages`;
    const { status } = await call(relay, 'POST', path, { token: ada.token, body: draftOf('again', { id }) });
    return status;
  }

  it('at 500 messages a second lets nobody in any more, answers all it took in, loses none, and ends in order', async () => {
    const endings: Record<string, number> = {};
    const times: number[] = [];
    let lateTries = 0;
    let repeated = 0;
    for (let repeat = 0; repeat < REPEATS; repeat++) {
      const senders = closeLater(new SteadySenders(relay.url, ada.conversationId!, ada));
      await senders.begin(PER_SECOND);
      await until(() => senders.acknowledged.length > PER_SECOND / 2, 'messages flow');
      const newcomers = closeLater(new Newcomers(relay, bob.token, repeat));
      const coming = newcomers.keepComing();
      const { exitCode, ms } = await stop(relay);
      newcomers.close();
      await coming;
      senders.end();
      await until(() => senders.isQuiet, 'every request has ended');
      times.push(ms);
      lateTries += newcomers.tries;
      for (const [ending, count] of Object.entries(senders.endings)) endings[ending] = (endings[ending] ?? 0) + count;

      await relay.process.start();
      expect([exitCode, ms < LONGEST_MS, newcomers.lateOnes]).toEqual([0, true, 0]);
      expect(await storedOf(senders.acknowledged)).toBe(senders.acknowledged.length);
      const logged = relay.logged(SENDING);
      repeated += senders.unknown.length;
      const again = await Promise.all(senders.unknown.map(sendAgain));
      // A line of the log may come after its answer.
      await until(() => relay.logged(SENDING) - logged === again.length, 'the log tells of what was sent again');
      expect(again.filter((status) => status !== 201)).toEqual([]);
      expect(await storedOf(senders.sent)).toBe(senders.sent.length);
    }
    recordEvidence('R-14', { repeats: REPEATS, longestMs: Math.max(...times), ...endings });
    expect(lateTries).toBeGreaterThan(0);
    expect(Object.keys(endings).filter(isUnfair)).toEqual([]);
    // Whatever the relay took in was answered: nothing of that was reset.
    const answered = (endings['201'] ?? 0) + (endings['503'] ?? 0);
    expect(relay.logged(SENDING) - repeated).toBe(answered);
  });

  it('closes thousands of sockets that say nothing, and ends in order', async () => {
    const tokens = idle.map(({ token }) => token);
    expect(await crowd.tell('open', { url: relay.url, tokens })).toBe(IDLE_SOCKETS);
    const { exitCode, ms } = await stop(relay);
    recordEvidence('R-14', { idleSockets: IDLE_SOCKETS, ms });
    expect([exitCode, ms < LONGEST_MS]).toEqual([0, true]);
    await until(async () => (await crowd.tell('count', null)).open === 0, 'all sockets are closed');
  });
});

describe('a relay that is told to stop while its database hangs (R-14)', () => {
  const locked = SeparateRelay.duringTests();
  const frozen = SeparateRelay.duringTests();

  async function sendTo(relay: SeparateRelay): Promise<SteadySenders> {
    const [ada] = (await relay.people(2)) as [SeededPerson];
    const senders = closeLater(new SteadySenders(relay.url, ada.conversationId!, ada));
    await senders.begin(PER_SECOND);
    await until(() => senders.acknowledged.length > 0, 'messages flow');
    return senders;
  }

  /** Stops the relay when messages wait for its database. */
  async function stopLater(relay: SeparateRelay, senders: SteadySenders): Promise<Ending> {
    const { length } = senders.sent;
    await until(() => senders.sent.length > length + PER_SECOND / 2, 'messages wait');
    senders.end();
    const ending = await stop(relay);
    await until(() => senders.isQuiet, 'every request has ended');
    return ending;
  }

  async function stopLocked(): Promise<number> {
    const senders = await sendTo(locked);
    const holder = await locked.connection();
    await holder.query('BEGIN');
    await holder.query('LOCK TABLE conversations IN ACCESS EXCLUSIVE MODE');
    const { ms } = await stopLater(locked, senders);
    await holder.query('ROLLBACK');
    holder.release();
    recordEvidence('R-14', { lockedDatabaseMs: ms, ...senders.endings });
    expect(Object.keys(senders.endings).filter(isUnfair)).toEqual([]);
    expect(senders.endings).toMatchObject({ 503: expect.any(Number) });
    return ms;
  }

  async function stopFrozen(): Promise<number> {
    const senders = await sendTo(frozen);
    const sessions = await frozen.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'sealpost'`,
    );
    expect(sessions.length).toBeGreaterThan(0);
    for (const { pid } of sessions) process.kill(pid, 'SIGSTOP');
    try {
      const { ms } = await stopLater(frozen, senders);
      recordEvidence('R-14', { frozenDatabaseMs: ms, ...senders.endings });
      expect(Object.keys(senders.endings).filter(isUnfair)).toEqual([]);
      return ms;
    } finally {
      for (const { pid } of sessions) process.kill(pid, 'SIGCONT');
    }
  }

  it('by a lock, or because it is frozen, answers what it took in, and ends within fifteen seconds', async () => {
    const endings = await Promise.all([stopLocked(), stopFrozen()]);
    expect(Math.max(...endings)).toBeLessThan(LONGEST_WHEN_HUNG_MS);
  });
});
