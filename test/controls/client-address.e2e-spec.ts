import { call, type Reply, TestRelay, TestUser } from '#testing';
import { RawSocket } from '../e2e/raw-socket.js';
import { freshName, secret } from '../e2e/signing-in.js';

type Headers = Record<string, string>;

/** Everything by which a client could pretend to call from elsewhere: the nth attempt from an address of its own. */
const pretending = (n: number): Headers => {
  const address = `192.0.2.${n}`;
  return {
    'x-forwarded-for': `${address}, 198.51.100.${n}`,
    forwarded: `for=${address};proto=https`,
    'x-real-ip': address,
    'x-client-ip': address,
    'true-client-ip': address,
    'cf-connecting-ip': address,
    'x-forwarded-host': 'localhost',
  };
};

/** What is counted by address, each by a limit of its own. */
const COUNTED: Readonly<Record<string, (relay: TestRelay, headers: Headers) => Promise<Reply>>> = {
  strangersAddress: (relay, headers) => call(relay, 'GET', '/v1/auth/kdf?username=somebody', { headers }),
  loginAddress: (relay, headers) => {
    const body = { username: freshName(), authKey: secret(), device: { name: 'x' } };
    return call(relay, 'POST', '/v1/auth/login', { headers, body });
  },
  refresh: (relay, headers) => call(relay, 'POST', '/v1/auth/refresh', { headers, body: { refreshToken: secret() } }),
};
const RAISED = ['anonymous', 'loginPair', 'register', 'strangersAccount'].map((id) => `${id}=1000/1`);
const TWO_EACH = [...RAISED, ...Object.keys(COUNTED).map((id) => `${id}=2/900`)].join(',');

/** Of four attempts, which were refused. */
async function refused(attempt: (headers: Headers) => Promise<Reply>, headersOf = pretending): Promise<boolean[]> {
  const found: boolean[] = [];
  for (let n = 1; n <= 4; n++) found.push((await attempt(headersOf(n))).status === 429);
  return found;
}

const AFTER_TWO = [false, false, true, true];

describe('an address that is only claimed', () => {
  describe.each<[string, Headers]>([
    ['when nobody is trusted', {}],
    ['when other proxies are', { TRUST_PROXY: '10.0.0.0/8,::2' }],
  ])('%s', (_when, trust) => {
    const relay = TestRelay.duringTests({ environment: { LIMITS: TWO_EACH, ...trust } });

    it.each(Object.keys(COUNTED))('is not the one that %s counts (C-27)', async (limit) => {
      expect(await refused((headers) => COUNTED[limit]!(relay, headers))).toEqual(AFTER_TWO);
    });
  });

  describe('when all are counted', () => {
    const environment = { LIMITS: 'anonymous=5/900', QUOTAS: 'socketsPerAddress=1' };
    const relay = TestRelay.duringTests({ environment });

    it('is neither the one of requests nor the one of sockets (C-27)', async () => {
      const user = await TestUser.register(relay);
      const sockets = await Promise.all([1, 2].map((n) => RawSocket.open(relay.url, pretending(n))));
      for (const socket of sockets) socket.send(`40${JSON.stringify({ token: user.token })}`);
      const heard = await Promise.all(
        sockets.map((socket) => Promise.race([socket.heard('42["ready"'), socket.heard('44')])),
      );
      expect(heard.filter((frame) => frame.startsWith('44') && frame.includes('too_many_connections'))).toHaveLength(1);
      for (const socket of sockets) socket.end();
      // Registering took two of the five.
      const ask = (headers: Headers): Promise<Reply> => call(relay, 'GET', '/health/live', { headers });
      expect([(await ask(pretending(9))).status, await refused(ask)]).toEqual([200, AFTER_TWO]);
    });
  });

  describe('to a proxy that is trusted', () => {
    const relay = TestRelay.duringTests({ environment: { LIMITS: TWO_EACH, TRUST_PROXY: '127.0.0.1' } });

    it('is not believed either: what the proxy itself saw counts (C-27)', async () => {
      const seenByProxy = (n: number): Headers => ({ 'x-forwarded-for': `192.0.2.${n}, 203.0.113.7` });
      for (const attempt of Object.values(COUNTED))
        expect(await refused((headers) => attempt(relay, headers), seenByProxy)).toEqual(AFTER_TWO);
      const others = (n: number): Headers => ({ 'x-forwarded-for': `203.0.113.${n + 10}` });
      for (const attempt of Object.values(COUNTED))
        expect(await refused((headers) => attempt(relay, headers), others)).toEqual([false, false, false, false]);
    });
  });
});
