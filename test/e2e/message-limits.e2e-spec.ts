import { call, draftOf, pair, people, type Reply, TestRelay, type TestUser } from '#testing';
import { MlsGroup } from './mls-group.js';
import { renew } from './renewal.js';
import { draftsOf } from './sending.js';

const KIBIBYTE = Buffer.alloc(1024).toString('base64url');
/** So that the tests can register and find each other; the limits under test are the real ones. */
const PEOPLE = 'register=1000/1,strangersAccount=1000/1,strangersAddress=1000/1';
const DAY_MS = 86_400_000;

const headOf = async (user: TestUser, conversationId: string): Promise<number> =>
  (await user.request('GET', `/conversations/${conversationId}/messages?limit=1`)).body.headSeq;

describe('messages of one device', () => {
  const relay = TestRelay.duringTests({ environment: { LIMITS: PEOPLE } });
  const { clock } = relay;

  const send = (user: TestUser, conversationId: string): Promise<Reply> => user.send(conversationId);

  test('are limited to sixty at once, over HTTP with Retry-After, and what was refused is not stored', async () => {
    const { ada, conversationId } = await pair(relay);
    const replies = await Promise.all(draftsOf(200).map(() => send(ada, conversationId)));
    const refused = replies.filter(({ status }) => status === 429);
    const stored = replies.filter(({ status }) => status === 201);
    expect(refused.length + stored.length).toBe(200);
    expect(stored.length).toBeGreaterThanOrEqual(60);
    expect(refused.length).toBeGreaterThan(0);
    for (const { headers, body } of refused) {
      expect(body).toMatchObject({ code: 'rate_limited', status: 429, retryAfterSeconds: 1 });
      expect(headers.get('retry-after')).toBe('1');
      expect(headers.get('content-type')).toContain('application/problem+json');
    }
    expect(await headOf(ada, conversationId)).toBe(stored.length);
    clock.advance(1_000);
    expect((await send(ada, conversationId)).status).toBe(201);
  });

  test('are limited over the socket by the same bucket', async () => {
    const { ada, conversationId } = await pair(relay);
    const socket = await ada.socket();
    const drafts = draftsOf(150);
    const replies = await Promise.all(drafts.map((draft) => socket.emit('message:send', { conversationId, ...draft })));
    const refused = replies.filter(({ ok }) => !ok);
    expect(refused.length).toBeGreaterThan(0);
    for (const { error } of refused) expect(error).toMatchObject({ code: 'rate_limited', retryAfterSeconds: 1 });
    expect(replies.length - refused.length).toBeGreaterThanOrEqual(60);
    expect(socket.isConnected).toBe(true);
    socket.close();
  });

  test('take nothing from my other devices, or from other people', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const other = await ada.onNewDevice();
    const replies = await Promise.all(draftsOf(150).map(() => send(ada, conversationId)));
    expect(replies.some(({ status }) => status === 429)).toBe(true);
    for (const user of [other, bob]) expect((await send(user, conversationId)).status).toBe(201);
  });
});

describe('bytes of one account', () => {
  const relay = TestRelay.duringTests({ environment: { LIMITS: `${PEOPLE},bytes=4096/86400` } });
  const { clock } = relay;

  const send = (user: TestUser, conversationId: string): Promise<Reply> =>
    user.request('POST', `/conversations/${conversationId}/messages`, { ...draftOf(''), ciphertext: KIBIBYTE });

  test('are limited for a day, on all devices together', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const other = await ada.onNewDevice();
    const within = [];
    for (const device of [ada, other, ada, other]) within.push((await send(device, conversationId)).status);
    expect(within).toEqual([201, 201, 201, 201]);
    for (const device of [ada, other]) {
      const { status, body, headers } = await send(device, conversationId);
      expect([status, body.code]).toEqual([429, 'rate_limited']);
      const seconds = Number(headers.get('retry-after'));
      expect(seconds).toBe(body.retryAfterSeconds);
      expect(seconds).toBeGreaterThan(86_400 / 4 - 60);
      expect(seconds).toBeLessThanOrEqual(86_400 / 4);
    }
    expect((await send(bob, conversationId)).status).toBe(201);
    expect(await headOf(ada, conversationId)).toBe(5);
  });

  test('are those of commits, too, which are kept as long as the group', async () => {
    const [ada] = await people(relay, 1);
    const group = await MlsGroup.of(ada);
    const codes = [];
    for (let nth = 0; nth < 4; nth++) codes.push((await group.commit(ada)).body.code as unknown);
    expect(codes.at(-1)).toBe('rate_limited');
  });

  test('are free again a day later', async () => {
    const { ada, conversationId } = await pair(relay);
    for (let nth = 0; nth < 4; nth++) await send(ada, conversationId);
    expect((await send(ada, conversationId)).status).toBe(429);
    clock.advance(DAY_MS);
    await renew(relay, ada);
    for (let nth = 0; nth < 4; nth++) expect((await send(ada, conversationId)).status).toBe(201);
  });
});

test('syncs, receipts and typing have limits of their own', async () => {
  const limits = ['sync', 'receipts', 'typing'].map((id) => `${id}=2/3600`).join(',');
  const relay = await TestRelay.start({ environment: { LIMITS: `${PEOPLE},${limits}` } });
  try {
    const { ada, bob, conversationId } = await pair(relay);
    await ada.send(conversationId);
    const socket = await bob.socket();
    for (const [event, body] of [
      ['sync', { revision: 0, cursors: {} }],
      ['receipt:update', { conversationId, delivered: 1 }],
      ['typing', { conversationId, active: true }],
    ] as const) {
      const replies = [];
      for (let nth = 0; nth < 3; nth++) replies.push(await socket.emit(event, body));
      expect(replies.map(({ ok }) => ok)).toEqual([true, true, false]);
      expect(replies[2]!.error).toMatchObject({ code: 'rate_limited' });
    }
    const { status, headers } = await call(relay, 'POST', '/v1/sync', {
      body: { revision: 0, cursors: {} },
      token: bob.token,
    });
    expect([status, Number(headers.get('retry-after')) > 0]).toEqual([429, true]);
    socket.close();
  } finally {
    await relay.stop();
  }
});
