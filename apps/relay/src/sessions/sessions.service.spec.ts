import type { SessionId } from '#protocol';
import type { EndReason } from '../delivery/index.js';
import type { Caller } from '../platform/http/caller.js';
import { RevocationWatch } from './revocation-watch.js';
import { SessionsService } from './sessions.service.js';

const ID = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' as SessionId;
const CALLER = { sessionId: ID, username: 'ada' } as Caller;

/** The service over a database of one session, and a clock that stands still until it is turned. */
function build() {
  const state = { nowMs: 5_000, reads: 0, answer: (): Promise<Caller | undefined> => Promise.resolve(CALLER) };
  const revoked: { list: () => Promise<SessionId[]>; asked: number[] } = { list: async () => [], asked: [] };
  const ended: [readonly SessionId[], EndReason][] = [];
  const warnings: string[] = [];
  const store = {
    caller: () => {
      state.reads++;
      return state.answer();
    },
    revokedSince: (since: Date) => {
      revoked.asked.push(since.getTime());
      return revoked.list();
    },
  };
  const endSessions = (ids: readonly SessionId[], reason: EndReason) => ids.length > 0 && ended.push([ids, reason]);
  const delivery = { endSessions, here: { endSessions } };
  const clock = { now: () => new Date(state.nowMs), monotonicMillis: () => state.nowMs };
  const log = { warn: (message: string) => warnings.push(message), info: () => undefined };
  const unused = {} as never;
  const sessions = new SessionsService(store as never, unused, delivery as never, unused, clock as never, log as never);
  const watch = new RevocationWatch(store as never, sessions, clock as never, log as never);
  return { state, revoked, ended, warnings, sessions, watch };
}

describe('checking a session', () => {
  it('asks the database once for many at once, and at most once a second', async () => {
    const { state, sessions } = build();
    expect(await Promise.all([1, 2, 3].map(() => sessions.check(ID)))).toEqual([CALLER, CALLER, CALLER]);
    state.nowMs += 999;
    await sessions.check(ID);
    expect(state.reads).toBe(1);
    state.nowMs += 1;
    await sessions.check(ID);
    expect(state.reads).toBe(2);
  });

  it('asks again after a failure', async () => {
    const { state, sessions } = build();
    state.answer = () => Promise.reject(new Error('no database'));
    await expect(sessions.check(ID)).rejects.toThrow('no database');
    state.answer = () => Promise.resolve(CALLER);
    expect(await sessions.check(ID)).toBe(CALLER);
  });

  it('forgets what it knew when the session ends', async () => {
    const { state, sessions } = build();
    await sessions.check(ID);
    state.answer = () => Promise.resolve(undefined);
    sessions.announceEnd([ID], 'revoked');
    expect(await sessions.check(ID)).toBeUndefined();
  });

  it('keeps nothing of sessions that nobody asks for any more', async () => {
    const { state, sessions } = build();
    for (let n = 0; n < 1_000; n++) await sessions.check(`s${n}` as SessionId);
    state.nowMs += 1_000;
    await sessions.check(ID);
    expect(sessions['checked' as never] as Map<unknown, unknown>).toHaveProperty('size', 1);
  });
});

describe('watching for ended sessions', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('tells of each once, although each look reaches back', async () => {
    const { revoked, ended, watch } = build();
    revoked.list = async () => [ID];
    watch.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(1_600);
    await watch.onModuleDestroy();
    expect(revoked.asked).toHaveLength(3);
    expect(ended).toEqual([[[ID], 'revoked']]);
  });

  it('goes on after an outage, warns of it once, and reaches back before it', async () => {
    const { state, revoked, ended, warnings, watch } = build();
    revoked.list = () => Promise.reject(new Error('no database'));
    watch.onApplicationBootstrap();
    await jest.advanceTimersByTimeAsync(1_600);
    state.nowMs += 3_600_000;
    revoked.list = async () => [ID];
    await jest.advanceTimersByTimeAsync(500);
    await watch.onModuleDestroy();
    expect(warnings).toHaveLength(1);
    expect(ended).toEqual([[[ID], 'revoked']]);
    expect(revoked.asked.at(-1)).toBe(revoked.asked[0]);
  });

  it('stops when the relay does', async () => {
    const { revoked, watch } = build();
    watch.onApplicationBootstrap();
    await watch.onModuleDestroy();
    await jest.advanceTimersByTimeAsync(5_000);
    expect(revoked.asked).toHaveLength(0);
  });
});
