import { type ApiClient, createApiClient } from '#api-client';
import { CSRF_HEADER, PROTOCOL_HEADER, PROTOCOL_VERSION } from '#protocol';
import { carriesCookie, defaultTokenTransport, type TokenTransport } from './refresh-cookie.js';
import { isRefusal, RelayRefusal, RelayUnreachableError } from './relay.errors.js';
import { problemOf } from './problem.js';
import { type FreshTokens, Session, type SessionTokens } from './session.js';

/** A request is given up after this long: the largest ones carry 4 MiB. */
const TIMEOUT_MS = 30_000;
/** One that carries a mebibyte of a file gets through at 70 kbit/s. */
const EXCHANGE_TIMEOUT_MS = 120_000;
const EXCHANGE_BYTES = 64 * 1024;

/** Where a relay is, and how it is asked. */
export interface RelayOptions {
  /** Where the relay is, `https://relay.example`. */
  readonly url: string;
  /** The platform's, if left out. */
  readonly fetch?: typeof fetch;
  /** Milliseconds since the epoch. */
  readonly now?: () => number;
  /** Of sessions that begin here: `cookie` for scripts of the relay's own origin, and `body` elsewhere, if left out. */
  readonly tokenTransport?: TokenTransport;
}

/** What an operation of the typed client answers. */
interface Answer<Data> {
  readonly data?: Data;
  readonly error?: unknown;
  readonly response: Response;
}

/** What is asked for that is no JSON. */
export interface Exchange {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
  /** Of the answer's body one byte more than these is read, and nothing further: 64 KiB if left out. */
  readonly mostBytes?: number;
  readonly signal?: AbortSignal;
}

/** Calls one operation: `(api) => api.GET('/v1/vault/{name}', { params: { path: { name } } })`. */
export type Operation<Data> = (api: ApiClient) => Promise<Answer<Data>>;

/**
 * The relay over HTTP, typed by its contract. It holds the tokens of one session, refreshes them before they expire, and gives
 * each request a timeout.
 *
 * ```ts
 * const relay = new RelayClient({ url: 'https://relay.example' });
 * const { items } = await relay.call((api) => api.GET('/v1/contacts', { params: { query: { limit: 200 } } }));
 * ```
 */
export class RelayClient {
  readonly url: string;
  /** What to ask for when a session begins. One that has begun stays as it is. */
  readonly tokenTransport: TokenTransport;
  private readonly fetch: NonNullable<RelayOptions['fetch']>;
  private readonly now: () => number;
  private session: Session | undefined;
  private ending: AbortSignal | undefined;

  constructor({ url, fetch = globalThis.fetch.bind(globalThis), now = Date.now, tokenTransport }: RelayOptions) {
    this.tokenTransport = tokenTransport ?? defaultTokenTransport(url);
    this.url = url.replace(/\/+$/, '');
    this.fetch = fetch;
    this.now = now;
  }

  /** The time by which tokens expire, in milliseconds since the epoch. */
  nowMs(): number {
    return this.now();
  }

  /**
   * Uses a session from now on.
   *
   * @param onTokens stores fresh tokens. They are used when it has resolved: a refresh token that is used but not stored would
   * end the session at the next start.
   */
  useSession(tokens: SessionTokens, onTokens: (tokens: SessionTokens) => Promise<void>): void {
    const refresh = (refreshToken: string | undefined): Promise<FreshTokens> => {
      const body = refreshToken === undefined ? {} : { refreshToken };
      return this.asked((api) => api.POST('/v1/auth/refresh', { body }), { timeoutMs: Session.refreshTimeoutMs });
    };
    this.session = new Session(tokens, { refresh, onTokens, now: this.now });
  }

  /** Ends all requests by a signal while some work runs, as long as nothing else uses this client. @throws the signal's reason. */
  async within<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    signal?.throwIfAborted();
    this.ending = signal;
    try {
      return await work();
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      this.ending = undefined;
    }
  }

  /** Forgets the tokens: whatever needs a session is refused from now on. */
  endSession(): void {
    this.session = undefined;
  }

  /**
   * Calls an operation as the session's account.
   *
   * @throws {RelayRefusal} as the relay answers; `invalid_refresh_token` or `refresh_token_reused` mean that the session has
   * ended, and `invalid_token` that there is none: sign in again.
   * @throws {RelayUnreachableError} when no answer came.
   */
  async call<Data>(operation: Operation<Data>): Promise<Data> {
    return this.withToken((token) => this.asked(operation, { token }));
  }

  /**
   * Asks for what is no JSON, as the session's account: the answer, with its headers and its body.
   *
   * @throws as {@link call} does.
   */
  async exchange(path: string, exchange: Exchange): Promise<Response> {
    return this.withToken((token) => this.exchanged(path, exchange, token));
  }

  /**
   * Calls an operation that needs no session, and sends no token.
   *
   * @throws {RelayRefusal} as the relay answers.
   * @throws {RelayUnreachableError} when no answer came.
   */
  async callAnonymously<Data>(operation: Operation<Data>): Promise<Data> {
    return this.asked(operation);
  }

  /**
   * An access token that is good for some time yet, for a socket.
   *
   * @throws as {@link call} does.
   */
  async accessToken(): Promise<string> {
    return this.activeSession().accessToken();
  }

  /**
   * Fresh tokens, in place of an access token that the relay has refused, or that is about to expire.
   *
   * @throws as {@link call} does.
   */
  async renewedToken(refused: string): Promise<string> {
    return this.activeSession().renewed(refused);
  }

  private async withToken<T>(ask: (token: string) => Promise<T>): Promise<T> {
    const session = this.activeSession();
    const token = await session.accessToken();
    try {
      return await ask(token);
    } catch (error) {
      if (!isRefusal(error, 'invalid_token')) throw error;
      return ask(await session.renewed(token));
    }
  }

  private async exchanged(path: string, exchange: Exchange, token: string): Promise<Response> {
    const { method, headers: own = {}, body, signal, mostBytes = EXCHANGE_BYTES } = exchange;
    const headers = { ...own, ...headersFor(token) };
    const init = { method, headers, ...(body !== undefined && { body }), ...(signal !== undefined && { signal }) };
    const request = new Request(`${this.url}${path}`, init);
    const response = await this.fetchWhole(request, { timeoutMs: EXCHANGE_TIMEOUT_MS, mostBytes });
    if (!response.ok) throw problemOf(await response.json().catch(() => undefined), response);
    return response;
  }

  private activeSession(): Session {
    if (this.session === undefined) throw new RelayRefusal({ code: 'invalid_token', status: 401 });
    return this.session;
  }

  private async asked<Data>(
    operation: Operation<Data>,
    { token, timeoutMs = TIMEOUT_MS }: { token?: string; timeoutMs?: number } = {},
  ): Promise<Data> {
    const headers = headersFor(token);
    const fetchWhole = (request: Request): Promise<Response> => this.fetchWhole(request, { timeoutMs });
    const { data, error, response } = await operation(createApiClient(this.url, { fetch: fetchWhole, headers }));
    if (!response.ok) throw problemOf(error, response);
    // What has no content, as 204, has no data either: its type says so.
    return data as Data;
  }

  /** The answer with its body: a connection that breaks within is one that was not reached. */
  private async fetchWhole(
    request: Request,
    { timeoutMs, mostBytes = Infinity }: { timeoutMs: number; mostBytes?: number },
  ): Promise<Response> {
    const ends = [request.signal, AbortSignal.timeout(timeoutMs), ...(this.ending === undefined ? [] : [this.ending])];
    const signal = AbortSignal.any(ends);
    const withCookie = carriesCookie(request.url, this.tokenTransport, this.session?.transport ?? 'body');
    if (withCookie) request.headers.set(CSRF_HEADER, '1');
    const credentials = withCookie ? 'include' : 'omit';
    try {
      const response = await this.fetch(request, { signal, credentials, redirect: 'error' });
      const { status, headers } = response;
      const body = await bodyOf(response, mostBytes);
      return new Response(body.byteLength === 0 ? null : body, { status, headers });
    } catch (cause) {
      throw new RelayUnreachableError({ cause });
    }
  }
}

function headersFor(token: string | undefined): Readonly<Record<string, string>> {
  return {
    [PROTOCOL_HEADER]: PROTOCOL_VERSION,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** All of it, or what shows that it is too long: memory is not the relay's to fill. */
async function bodyOf(response: Response, mostBytes: number): Promise<ArrayBuffer> {
  if (mostBytes === Infinity || response.body === null) return response.arrayBuffer();
  const whole = new Uint8Array(mostBytes + 1);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  let length = 0;
  while (length <= mostBytes) {
    const { value, done } = await reader.read();
    if (done) break;
    const part = value.subarray(0, whole.length - length);
    whole.set(part, length);
    length += part.length;
  }
  await reader.cancel();
  return whole.buffer.slice(0, length);
}
