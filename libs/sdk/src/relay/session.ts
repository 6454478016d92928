import type { TokenTransport } from './refresh-cookie.js';
import { isRetryable, RelayRefusal } from './relay.errors.js';

/** A token is not used any more when it has less left. */
const SLACK_MS = 30_000;
/** A lost reply is repeated by the relay for ten seconds after the first request: both attempts fit into them. */
const REFRESH_TIMEOUT_MS = 4_000;
const REFRESH_ATTEMPTS = 2;

/** What a session is held by. */
export interface SessionTokens {
  readonly accessToken: string;
  /** Undefined when it is in a cookie. */
  readonly refreshToken?: string | undefined;
  /** At the relay. */
  readonly sessionId?: string | undefined;
  /** When the access token expires, in milliseconds since the epoch. */
  readonly expiresAtMs: number;
}

/** As the relay gives them. */
export interface FreshTokens {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken?: string;
  readonly sessionId?: string;
}

export interface SessionOptions {
  /** By the cookie, if there is no token. */
  refresh(refreshToken: string | undefined): Promise<FreshTokens>;
  /** Stores tokens; until it has resolved they are not used. */
  onTokens(tokens: SessionTokens): Promise<void>;
  now(): number;
}

/** The tokens of a session, with one refresh at a time. */
export class Session {
  static readonly refreshTimeoutMs = REFRESH_TIMEOUT_MS;
  private refreshing: Promise<string> | undefined;

  constructor(
    private tokens: SessionTokens,
    private readonly options: SessionOptions,
  ) {}

  get transport(): TokenTransport {
    return this.tokens.refreshToken === undefined ? 'cookie' : 'body';
  }

  /** One that is good for some time yet. */
  async accessToken(): Promise<string> {
    const { accessToken, expiresAtMs } = this.tokens;
    return this.options.now() < expiresAtMs - SLACK_MS ? accessToken : this.renewed(accessToken);
  }

  /** In place of one that was refused: another one at once, if there is one by now. */
  async renewed(refused: string): Promise<string> {
    if (this.tokens.accessToken !== refused) return this.tokens.accessToken;
    this.refreshing ??= this.refresh().finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  private async refresh(): Promise<string> {
    const { refreshToken, sessionId } = this.tokens;
    const fresh = tokensOf(await this.refreshed(refreshToken), this.options.now(), this.tokens);
    // A browser has one cookie for all of its tabs: somebody else has signed in, and it is theirs now.
    if (sessionId !== undefined && fresh.sessionId !== sessionId)
      throw new RelayRefusal({ code: 'invalid_refresh_token', status: 401 });
    await this.options.onTokens(fresh);
    this.tokens = fresh;
    return fresh.accessToken;
  }

  /** The same token again, when the answer is lost: to the relay it is the same request. */
  private async refreshed(refreshToken: string | undefined): Promise<FreshTokens> {
    for (let attempt = 1; ; attempt++)
      try {
        return await this.options.refresh(refreshToken);
      } catch (error) {
        if (attempt >= REFRESH_ATTEMPTS || !isRetryable(error)) throw error;
      }
  }
}

/** Tokens as they are stored. What is not said anew stays. */
export function tokensOf(
  fresh: FreshTokens,
  nowMs: number,
  before: Pick<SessionTokens, 'refreshToken' | 'sessionId'> = {},
): SessionTokens {
  const { accessToken, expiresIn, refreshToken = before.refreshToken, sessionId = before.sessionId } = fresh;
  return { accessToken, refreshToken, sessionId, expiresAtMs: nowMs + expiresIn * 1_000 };
}
