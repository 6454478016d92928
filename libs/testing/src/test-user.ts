import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { documentedFetch } from './documented-fetch.js';
import { TestSocket } from './test-socket.js';

/** An HTTP answer, its JSON parsed. Tests read bodies freely: that they are what the contract says was checked. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look at whatever came
  readonly body: any;
}

interface Serving {
  readonly url: string;
}

interface SignedInBody {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly sessionId: string;
  readonly account: { readonly id: string; readonly username: string };
  readonly device: { readonly id: string };
}

const names = { next: 0 };

/** A person with one device, signed in. */
export class TestUser {
  private constructor(
    private readonly relay: Serving,
    readonly authKey: string,
    public signedIn: SignedInBody,
  ) {}

  /** Registers a new account with a first device. */
  static async register(relay: Serving, options: { username?: string; displayName?: string } = {}): Promise<TestUser> {
    const username = options.username ?? freshName();
    const authKey = randomBytes(32).toString('base64url');
    const kdf = await call(relay, 'GET', `/v1/auth/kdf?username=${username}`);
    const { displayName } = options;
    const registration = {
      username,
      authKey,
      kdf: kdf.body,
      device: { name: 'first' },
      ...(displayName === undefined ? {} : { displayName }),
    };
    const reply = await call(relay, 'POST', '/v1/auth/register', { body: registration });
    if (reply.status !== 201)
      throw new Error(`registration answered ${String(reply.status)}: ${JSON.stringify(reply.body)}`);
    return new TestUser(relay, authKey, reply.body as SignedInBody);
  }

  /** The same person on a further device. */
  async onNewDevice(name = 'second'): Promise<TestUser> {
    const reply = await call(this.relay, 'POST', '/v1/auth/login', {
      body: { username: this.username, authKey: this.authKey, device: { name } },
    });
    if (reply.status !== 200)
      throw new Error(`sign-in answered ${String(reply.status)}: ${JSON.stringify(reply.body)}`);
    return new TestUser(this.relay, this.authKey, reply.body as SignedInBody);
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

  /** Calls the API, below `/v1`, as this person. */
  async request(method: string, path: string, body?: unknown): Promise<Reply> {
    return call(this.relay, method, `/v1${path}`, { body, token: this.token });
  }

  async socket(): Promise<TestSocket> {
    return TestSocket.connect(this.relay.url, this.token);
  }

  /** The direct conversation with somebody. */
  async directWith(other: TestUser): Promise<string> {
    const reply = await this.request('POST', '/conversations', { kind: 'direct', with: other.username });
    if (reply.status >= 300) throw new Error(`opening a conversation answered ${String(reply.status)}`);
    return (reply.body as { id: string }).id;
  }

  /** Sends a message over HTTP. */
  async send(
    conversationId: string,
    text = 'sealed',
    options: { id?: string; expiresIn?: number } = {},
  ): Promise<Reply> {
    return this.request('POST', `/conversations/${conversationId}/messages`, draftOf(text, options));
  }

  /** Everything a device that knows nothing is told by sync, page by page. */
  async syncAll(
    cursors: Record<string, number> = {},
  ): Promise<{ items: Record<string, SyncedItem[]>; cursors: Record<string, number> }> {
    const items: Record<string, SyncedItem[]> = {};
    const reached = { ...cursors };
    for (let more = true, revision = 0; more;) {
      const reply = await this.request('POST', '/sync', { revision, cursors: reached });
      if (reply.status !== 200) throw new Error(`sync answered ${String(reply.status)}: ${JSON.stringify(reply.body)}`);
      const page = reply.body as SyncBody;
      for (const { conversationId, upTo, items: found } of page.conversations) {
        (items[conversationId] ??= []).push(...found);
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

interface SyncBody {
  readonly revision: number;
  readonly more: boolean;
  readonly conversations: readonly { conversationId: string; upTo: number; items: SyncedItem[] }[];
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
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : JSON.parse(text) };
}

function freshName(): string {
  return `u${String(names.next++)}-${randomBytes(5).toString('hex')}`;
}
