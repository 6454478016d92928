import { closeAfterEach, call, draftOf, FakeClock, TestRelay, TestUser, until } from '#testing';
import { Follower } from '../e2e/follower.js';
import { History } from './history.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A little more than a token lives. */
const MINUTES = [11, -11];
const ROUNDS = 6;
/** Of messages at once: more than the limit, also where a machine is so busy that some of it fills again meanwhile. */
const BURST = 20;
/** Of the fifteen minutes that a bucket takes to fill: enough for one more sign-in. */
const ONE_MORE_MS = 3 * MINUTE_MS;

const closeLater = closeAfterEach();

interface Place {
  readonly user: TestUser;
  readonly conversationId: string;
}

/** Sends one, and once more as a client does that has not seen the acknowledgement. @returns its place. */
async function write(history: History, { user, conversationId }: Place, text: string): Promise<number> {
  const { id, ciphertext } = draftOf(text);
  const seqs: number[] = [];
  for (let time = 0; time < 2; time++) {
    const attempt = history.attempt({ id, ciphertext, conversationId, sender: user.username });
    const { status, body } = await user.request('POST', `/conversations/${conversationId}/messages`, {
      id,
      ciphertext,
    });
    expect(status).toBe(201);
    attempt.acknowledge(body.seq as number);
    seqs.push(body.seq as number);
  }
  expect(seqs[1]).toBe(seqs[0]);
  return seqs[0]!;
}

const isSorted = (times: readonly number[]): boolean => times.every((at, n) => n === 0 || times[n - 1]! <= at);

/** Times of a log's entries by the relays' own clocks, in the log's order. */
async function timesOf(relay: TestRelay, conversationId: string): Promise<number[]> {
  const rows = await relay.query<{ at: Date }>(
    'SELECT created_at AS at FROM entries WHERE conversation_id = $1 ORDER BY seq',
    [conversationId],
  );
  return rows.map(({ at }) => at.getTime());
}

describe('of two relays one whose clock is wrong', () => {
  const clock = new FakeClock();
  let [here, there]: [TestRelay, TestRelay] = [] as never;
  let offMs = 0;
  const beOff = (ms: number): void => {
    clock.set(ms - offMs);
    offMs = ms;
  };
  beforeAll(async () => {
    const environment = { BUS: 'postgres' };
    here = await TestRelay.start({ environment });
    there = await TestRelay.start({ beside: here, clock, environment });
  });
  afterAll(async () => {
    await there.stop();
    await here.stop();
  });

  it.each(MINUTES)(
    'by %s minutes puts what is written at both into the order in which it was acknowledged, each once (R-11)',
    async (minutes) => {
      beOff(minutes * MINUTE_MS);
      const [ada, bob] = [await TestUser.register(here), await TestUser.register(there)];
      const conversationId = await ada.directWith(bob);
      const [ofAda, ofBob] = [await Follower.follow(here.url, ada), await Follower.follow(there.url, bob)];
      const pairs = [
        { user: ada, follower: closeLater(ofAda) },
        { user: bob, follower: closeLater(ofBob) },
      ];
      const history = new History();
      const places: number[] = [];
      for (let round = 0; round < ROUNDS; round++)
        for (const { user, follower } of round % 2 === 0 ? pairs : [...pairs].reverse()) {
          const seq = await write(history, { user, conversationId }, `round ${round}`);
          follower.acknowledged(conversationId, seq);
          places.push(seq);
        }

      expect(places).toEqual(Array.from({ length: 2 * ROUNDS }, (_none, n) => n + 1));
      const [read, readThere] = [(await ada.syncAll()).items, (await bob.syncAll()).items];
      expect(history.violations(read)).toEqual([]);
      expect(readThere[conversationId]).toEqual(read[conversationId]);
      for (const { follower } of pairs) {
        await until(() => follower.logOf(conversationId).length >= places.length, 'a device has all of it');
        expect(follower.logOf(conversationId).map(({ seq }) => seq)).toEqual(places);
      }
      // By their times they would stand otherwise.
      expect(isSorted(await timesOf(here, conversationId))).toBe(false);
    },
  );

  it.each(MINUTES)(
    'by %s minutes takes no token of the other, and keeps nobody out who signs in at both (R-11)',
    async (minutes) => {
      beOff(minutes * MINUTE_MS);
      const ada = await TestUser.register(here);
      expect((await ada.towards(there).request('GET', '/auth/me')).status).toBe(401);
      const login = { username: ada.username, authKey: ada.authKey, device: { name: 'another' } };
      for (const relay of [there, here]) {
        const { status, body } = await call(relay, 'POST', '/v1/auth/login', { body: login });
        expect(status).toBe(200);
        expect((await call(relay, 'GET', '/v1/auth/me', { token: body.accessToken as string })).status).toBe(200);
      }
    },
  );

  it.each([
    [-61, 401],
    [-3, 200],
    [602, 200],
    [661, 401],
  ])('by %s seconds answers a token of the other with %s (R-11)', async (seconds, status) => {
    const ada = await TestUser.register(here);
    beOff(seconds * 1_000);
    expect((await ada.towards(there).request('GET', '/auth/me')).status).toBe(status);
  });
});

describe('a relay whose clock is set back by an hour', () => {
  const relay = TestRelay.duringTests({
    environment: { LIMITS: 'messages=5/10,register=100/1,loginPair=5/900,loginAddress=100/1' },
  });
  const setBack = (): void => relay.clock.set(-HOUR_MS);

  it('goes on behind what it has, makes no id twice, and doubles nothing that is repeated (R-11)', async () => {
    const [ada, bob] = [await TestUser.register(relay), await TestUser.register(relay)];
    const conversationId = await ada.directWith(bob);
    const follower = closeLater(await Follower.follow(relay.url, bob));
    const history = new History();
    const before = await write(history, { user: ada, conversationId }, 'before');
    setBack();
    const renewed = await call(relay, 'POST', '/v1/auth/refresh', {
      body: { refreshToken: ada.signedIn.refreshToken },
    });
    expect(renewed.status).toBe(200);
    const after = await write(history, { user: ada, conversationId }, 'after');
    expect([before, after]).toEqual([1, 2]);
    const group = await ada.request('POST', '/conversations', { kind: 'group', members: [bob.username] });
    expect([group.status, group.body.id === conversationId]).toEqual([201, false]);
    expect(history.violations((await bob.syncAll()).items)).toEqual([]);
    await until(() => follower.logOf(conversationId).length === 2, 'the other device heard both');
    expect(isSorted(await timesOf(relay, conversationId))).toBe(false);
  });

  it('lets nobody wait an hour who has used up a limit (R-11)', async () => {
    const [ada, bob] = [await TestUser.register(relay), await TestUser.register(relay)];
    const conversationId = await ada.directWith(bob);
    const send = async (): Promise<number> => (await ada.send(conversationId)).status;
    expect(await Promise.all(Array.from({ length: BURST }, send))).toContain(429);
    setBack();
    await until(async () => (await send()) === 201, 'there is room again');
    const login = { username: ada.username, authKey: 'A'.repeat(43), device: { name: 'guessed' } };
    const guess = async (): Promise<number> => (await call(relay, 'POST', '/v1/auth/login', { body: login })).status;
    await until(async () => (await guess()) === 429, 'nobody may guess any more');
    setBack();
    expect(await guess()).toBe(429);
    relay.clock.advance(ONE_MORE_MS);
    expect([await guess(), await guess()]).toEqual([401, 429]);
  });

  it('lets a device that it has thrown out come again after ten seconds, and closes sockets of sessions that end (R-11)', async () => {
    const ada = await TestUser.register(relay);
    const socket = closeLater(await ada.socket());
    for (let n = 0; n <= 100; n++) socket.socket.emit('message:send', n);
    await socket.closed();
    await expect(ada.socket()).rejects.toThrow('rate_limited');
    setBack();
    relay.clock.advance(10_000);
    const back = closeLater(await ada.socket());
    await relay.query('UPDATE sessions SET revoked_at = $1 WHERE account_id = $2', [relay.clock.now(), ada.accountId]);
    await back.closed(5_000);
  });
});
