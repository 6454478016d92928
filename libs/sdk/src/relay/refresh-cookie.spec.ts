import { carriesCookie, defaultTokenTransport } from './refresh-cookie.js';
import { RelayClient } from './relay-client.js';

const RELAY = 'https://relay.example';

function at(origin: string | undefined, look: () => void): void {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'location');
  Object.defineProperty(globalThis, 'location', { value: origin && { origin }, configurable: true });
  try {
    look();
  } finally {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'location');
    else Object.defineProperty(globalThis, 'location', before);
  }
}

describe('the refresh token', () => {
  it.each([
    [undefined, 'body'],
    [RELAY, 'cookie'],
    ['https://app.relay.example', 'body'],
    ['http://relay.example', 'body'],
    ['https://relay.example:8443', 'body'],
  ])('of scripts from %s is in the %s, unless the app says otherwise', (origin, transport) => {
    at(origin, () => {
      expect(defaultTokenTransport(`${RELAY}/`)).toBe(transport);
      expect(new RelayClient({ url: RELAY, tokenTransport: 'cookie' }).tokenTransport).toBe('cookie');
    });
  });

  it('travels in a cookie where a session begins, goes on or ends, and nowhere else', () => {
    const begin = ['register', 'login', 'mfa/sign-in', 'mfa/passkey-sign-in', 'recovery/complete'];
    const paths = [...begin, 'refresh', 'logout', 'kdf', 'me', 'recovery/open', 'mfa/passkey-sign-in/options'];
    const carried = (...how: ['body' | 'cookie', 'body' | 'cookie']): string[] =>
      paths.filter((path) => carriesCookie(`${RELAY}/v1/auth/${path}?x=/v1/auth/login`, ...how));
    expect(carried('cookie', 'cookie')).toEqual(paths.slice(0, 7));
    expect(carried('cookie', 'body')).toEqual(begin);
    expect(carried('body', 'cookie')).toEqual(['refresh', 'logout']);
    expect(carried('body', 'body')).toEqual([]);
    expect(carriesCookie(`${RELAY}/v1/messages`, 'cookie', 'cookie')).toBe(false);
  });

  it('is asked for with the header that a form of another site cannot send', async () => {
    const seen: unknown[] = [];
    const relay = new RelayClient({
      url: RELAY,
      tokenTransport: 'cookie',
      fetch: (request, init) => {
        if (request instanceof Request) seen.push([init?.credentials, request.headers.get('sealpost-csrf')]);
        return Promise.resolve(new Response('{}'));
      },
    });
    const body = { username: 'ada', authKey: '', deviceId: '' };
    await relay.callAnonymously((api) => api.POST('/v1/auth/login', { body }));
    await relay.callAnonymously((api) => api.GET('/v1/server'));
    expect(seen).toEqual([
      ['include', '1'],
      ['omit', null],
    ]);
  });
});
