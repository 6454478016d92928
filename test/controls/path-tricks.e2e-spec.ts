import { TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { filled, type Operation, operationsOf } from '../operations.js';
import { exchange, request, type WireReply } from './raw-http.js';

const relay = TestRelay.duringTests({ environment: { API_DOCS: 'off' } });
let operations: Operation[];
let ada: TestUser;
beforeAll(async () => {
  operations = await operationsOf(relay);
  ada = await TestUser.register(relay);
});

const last = (path: string): number => path.lastIndexOf('/');

/** Other spellings of a path, each of which has made some server route what it did not guard, or guard what it did not route. */
const SPELLINGS: Readonly<Record<string, (path: string) => string>> = {
  'two slashes in front': (path) => `/${path}`,
  'two slashes within': (path) => `${path.slice(0, last(path))}/${path.slice(last(path))}`,
  'a slash at the end': (path) => `${path}/`,
  'a letter percent-encoded': (path) => path.replace(/[a-z](?=[a-z]*$|[a-z-]*\/)/, encoded),
  'all letters percent-encoded': (path) => path.replace(/[a-z]/g, encoded),
  'encoded twice': (path) => path.replace(/[a-z](?=[a-z]*$)/, (letter) => encoded(letter).replace('%', '%25')),
  'a slash percent-encoded': (path) => `${path.slice(0, last(path))}%2F${path.slice(last(path) + 1)}`,
  'a slash percent-encoded in front': (path) => `/%2f${path.slice(1)}`,
  'a semicolon': (path) => `${path};y`,
  'a semicolon with a slash': (path) => `/;x${path}`,
  'a backslash': (path) => path.replaceAll('/', '\\'),
  'a backslash in front': (path) => `/\\${path.slice(1)}`,
  'the absolute form': (path) => `http://relay.example${path}`,
  'the absolute form of another host': (path) => `http://other.example:8080${path}`,
  'the absolute form, in which a path is open': (path) => `http://relay.example/health/live/../..${path}`,
  'no leading slash': (path) => path.slice(1),
  'upper case': (path) => path.toUpperCase(),
  'one letter in upper case': (path) => path.replace(/[a-z](?=\/|$)/, (letter) => letter.toUpperCase()),
  'a dot segment': (path) => `${path.slice(0, last(path))}/.${path.slice(last(path))}`,
  'two dots out of what is open': (path) => `/health/live/../..${path}`,
  'two encoded dots out of what is open': (path) => `/health/live/%2e%2e/%2e%2e${path}`,
  'two dots and a semicolon': (path) => `/health/live/..;/..;${path}`,
  'what is open behind it': (path) => `${path}/../../health/live`,
  'what is open in a fragment': (path) => `${path}#/health/live`,
  'what is open in the query': (path) => `${path}?/health/live`,
  'an encoded question mark': (path) => `${path}%3Fx=1`,
  'a null byte': (path) => `${path}%00`,
  'a null byte and an ending': (path) => `${path}%00.json`,
  'a raw null byte': (path) => `${path}\0`,
  'a line break': (path) => `${path}%0d%0aX-Y:%20z`,
  'a raw space': (path) => `${path} x`,
  'an overlong UTF-8 slash': (path) => path.replace(/\/(?=[^/]*$)/, '%c0%af'),
  'half an escape': (path) => `${path}%`,
  'an ending': (path) => `${path}.json`,
  'a full-width letter': (path) => path.replace(/a/, '%EF%BD%81'),
  'an over-long segment': (path) => `${path}${'a'.repeat(2_000)}`,
  'an over-long path': (path) => `${path}${'/a'.repeat(4_000)}`,
  'a path that no server reads': (path) => `${path}${'/a'.repeat(40_000)}`,
};

const encoded = (letter: string): string => `%${letter.charCodeAt(0).toString(16)}`;

/** What is no method of any route, or another one than the route has. */
const METHODS = ['HEAD', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY', 'CONNECT', 'get', 'GET\tX', 'POST', 'DELETE'];
/** With which some frameworks take one method for another, or one path for another. */
const OVERRIDES = {
  'x-http-method-override': 'GET',
  'x-original-url': '/health/live',
  'x-rewrite-url': '/health/live',
  'x-forwarded-prefix': '/health',
  'x-forwarded-uri': '/health/live',
};

const pathOf = ({ path }: Operation): string => filled(path, { id: v7(), conversationId: v7(), messageId: v7() });
const isSuccess = ({ status }: WireReply): boolean => status >= 200 && status < 300;
/** Whatever is not routed, or no HTTP. Hanging up without a word is a refusal, too. */
const REFUSED = [0, 400, 404, 414, 431];

interface Asked {
  readonly method: string;
  readonly target: string;
  readonly token?: string;
  readonly headers?: Record<string, string>;
}

async function statusOf({ method, target, token, headers = {} }: Asked): Promise<number> {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return (await exchange(relay, request({ method, target, headers: { ...headers, ...authorization } }))).status;
}

/** Each spelling that is neither refused nor answered as the path itself is. */
async function decidedOtherwise(operation: Operation, token?: string): Promise<string[]> {
  const path = pathOf(operation);
  const asked = { method: operation.method, ...(token === undefined ? {} : { token }) };
  const plain = await statusOf({ ...asked, target: path });
  const found = await Promise.all(
    Object.entries(SPELLINGS).map(async ([spelling, spell]) => {
      const status = await statusOf({ ...asked, target: spell(path) });
      return status === plain || REFUSED.includes(status) ? [] : [`${operation.operationId}, ${spelling}: ${status}`];
    }),
  );
  return found.flat();
}

describe('every route', () => {
  it('is as closed to whoever has no token, however its path is spelled (C-21)', async () => {
    const found: string[] = [];
    for (const operation of operations) found.push(...(await decidedOtherwise(operation)));
    expect(found).toEqual([]);
  });

  it('that reads is as open to whoever has one, or is not found, however its path is spelled (C-21)', async () => {
    const found: string[] = [];
    for (const operation of operations.filter(({ method }) => method === 'GET'))
      found.push(...(await decidedOtherwise(operation, ada.token)));
    expect(found).toEqual([]);
  });

  it('that is not for everyone gives nobody anything, whatever the method (C-21)', async () => {
    const found: string[] = [];
    for (const operation of operations.filter(({ isAnonymous }) => !isAnonymous)) {
      const target = pathOf(operation);
      for (const method of METHODS) {
        const reply = await exchange(relay, request({ method, target }));
        if (isSuccess(reply) || reply.status >= 500) found.push(`${method} ${target}: ${reply.status}`);
      }
      for (const method of ['GET', 'POST', operation.method]) {
        const reply = await exchange(relay, request({ method, target, headers: OVERRIDES }));
        if (isSuccess(reply) || reply.status >= 500) found.push(`${method} as another, ${target}: ${reply.status}`);
      }
    }
    expect(found).toEqual([]);
  });

  it('answers a HEAD as it would the GET, without the body (C-21)', async () => {
    // But for the routes of which HEAD asks something else.
    const ownHeads = operations.filter(({ method }) => method === 'HEAD').map(({ path }) => path);
    const reads = operations.filter(({ method, path }) => method === 'GET' && !ownHeads.includes(path));
    for (const operation of reads) {
      const target = pathOf(operation);
      for (const token of [undefined, ada.token]) {
        const asked = { target, ...(token === undefined ? {} : { token }) };
        const [head, get] = [await statusOf({ ...asked, method: 'HEAD' }), await statusOf({ ...asked, method: 'GET' })];
        expect([target, head]).toEqual([target, get]);
      }
    }
  });

  it('says nothing in a preflight that a path without a route would not say (C-21)', async () => {
    const headers = { origin: 'http://localhost:3000', 'access-control-request-method': 'GET' };
    const preflight = async (target: string): Promise<unknown> => {
      const { status, text, headers: sent } = await exchange(relay, request({ method: 'OPTIONS', target, headers }));
      return { status, text, sent: { ...sent, date: '', 'x-request-id': '' } };
    };
    const nowhere = await preflight('/nowhere');
    for (const operation of operations) expect(await preflight(pathOf(operation))).toEqual(nowhere);
  });
});
