import { randomBytes } from 'node:crypto';
import { type ApiClient, type components, createApiClient } from '#api-client';
import { v7 } from 'uuid';
import { documentedFetch } from './documented-fetch.js';
import { TestSocket } from './test-socket.js';

/** An HTTP answer, its JSON parsed; of lines of JSON the text. Tests read bodies freely: that they are what the contract says was checked. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  readonly body: any;
}

interface Serving {
  readonly url: string;
}

/** Of a session whose refresh token travels in bodies. */
type SignedIn = components['schemas']['SignedInDto'] & { readonly refreshToken: string };

const names = { next: 0 };

/** A person with one device, signed in. */
export class TestUser {
  private constructor(
    private readonly relay: Serving,
    readonly authKey: string,
    public signedIn: SignedIn,
  ) {}

  /** Registers a new account with a first device. */
  static async register(relay: Serving, options: { username?: string; displayName?: string } = {}): Promise<TestUser> {
    const { username = freshName(), ...profile } = options;
    const authKey = randomBytes(32).toString('base64url');
    const api = apiOf(relay);
    const kdf = taken('kdf', await api.GET('/v1/auth/kdf', { params: { query: { username } } }));
    const body = { username, authKey, kdf, device: { name: 'first' }, ...profile };
    return new TestUser(relay, authKey, withToken(taken('register', await api.POST('/v1/auth/register', { body }))));
  }

  /** The same person on a further device. */
  async onNewDevice(name = 'second'): Promise<TestUser> {
    const body = { username: this.username, authKey: this.authKey, device: { name } };
    const signedIn = taken('login', await apiOf(this.relay).POST('/v1/auth/login', { body }));
    return new TestUser(this.relay, this.authKey, withToken(signedIn));
  }

  /** The same person and session, towards another relay. */
  towards(relay: Serving): TestUser {
    return new TestUser(relay, this.authKey, this.signedIn);
  }

  /** The API as this person may use it, typed by its contract. */
  get api(): ApiClient {
    return apiOf(this.relay, this.token);
  }

  get username(): string {
    return this.signedIn.account.username;
  }

  get accountId(): string {
    return this.signedIn.account.id;
  }

  get deviceId(): string {
    return this.signedIn.device.id;
  }

  get token(): string {
    return this.signedIn.accessToken;
  }

  /** Calls the API, below `/v1`, as this person: with anything, well-formed or not. */
  async request(method: string, path: string, body?: unknown): Promise<Reply> {
    return call(this.relay, method, `/v1${path}`, { body, token: this.token });
  }

  async socket(): Promise<TestSocket> {
    return TestSocket.connect(this.relay.url, this.token);
  }

  /** The direct conversation with somebody. */
  async directWith(other: TestUser): Promise<string> {
    const body = { kind: 'direct', with: other.username } as const;
    return taken('createConversation', await this.api.POST('/v1/conversations', { body })).id;
  }

  /** Sends a message over HTTP. */
  async send(
    conversationId: string,
    text = 'sealed',
    options: { id?: string; expiresIn?: number } = {},
  ): Promise<Reply> {
    const { data, error, response } = await this.api.POST('/v1/conversations/{conversationId}/messages', {
      params: { path: { conversationId } },
      body: draftOf(text, options),
    });
    return { status: response.status, headers: response.headers, body: data ?? error };
  }

  /** Everything a device that knows nothing is told by sync, page by page. */
  async syncAll(
    cursors: Record<string, number> = {},
  ): Promise<{ items: Record<string, SyncedItem[]>; cursors: Record<string, number> }> {
    const items: Record<string, SyncedItem[]> = {};
    const reached = { ...cursors };
    for (let more = true, revision = 0; more;) {
      const page = taken('sync', await this.api.POST('/v1/sync', { body: { revision, cursors: reached } }));
      for (const { conversationId, upTo, items: found } of page.conversations) {
        (items[conversationId] ??= []).push(...(found as readonly SyncedItem[]));
        reached[conversationId] = upTo;
      }
      ({ more, revision } = page);
    }
    return { items, cursors: reached };
  }
}

/** An entry or a gap, as sync gives it. */
export interface SyncedItem {
  readonly seq: number;
  readonly id: string;
  readonly kind: string;
  readonly sender: string;
  readonly ciphertext?: string;
  readonly gap?: { from: number; to: number; reason: string };
}

/** A message as a client would send it; the text stands for ciphertext. */
export function draftOf(
  text: string,
  options: { id?: string; expiresIn?: number } = {},
): { id: string; ciphertext: string; expiresIn?: number } {
  return { id: v7(), ciphertext: Buffer.from(text).toString('base64url'), ...options };
}

/** Calls any path of a relay. What it answers has to be what its contract says. */
export async function call(
  relay: Serving,
  method: string,
  path: string,
  options: { body?: unknown; token?: string; headers?: Record<string, string> } = {},
): Promise<Reply> {
  const { body, token, headers } = options;
  const response = await documentedFetch(`${relay.url}${path}`, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, headers: response.headers, body: bodyOf(response, await response.text()) };
}

/** What is no JSON, or lines of it. */
const IS_TEXT = /^(application\/x-ndjson|text\/plain)\b/;

/** Parsed, unless it is lines. */
function bodyOf({ headers }: Response, text: string): unknown {
  if (IS_TEXT.test(headers.get('content-type') ?? '')) return text;
  return text === '' ? undefined : JSON.parse(text);
}

function apiOf(relay: Serving, token?: string): ApiClient {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return createApiClient(relay.url, { fetch: documentedFetch, headers });
}

/** What was answered. @throws when it was a refusal. */
function taken<Data>(what: string, reply: { data?: Data; error?: unknown; response: Response }): Data {
  const { data, error, response } = reply;
  if (data === undefined) throw new Error(`${what} answered ${String(response.status)}: ${JSON.stringify(error)}`);
  return data;
}

function withToken(signedIn: components['schemas']['SignedInDto']): SignedIn {
  const { refreshToken } = signedIn;
  if (refreshToken === undefined) throw new Error('the refresh token does not travel in the body');
  return { ...signedIn, refreshToken };
}

function freshName(): string {
  return `u${String(names.next++)}-${randomBytes(5).toString('hex')}`;
}
