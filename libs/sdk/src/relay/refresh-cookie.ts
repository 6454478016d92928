/** Where the refresh token of a session is: in the relay's answers, or in a cookie that no script can read. */
export type TokenTransport = 'body' | 'cookie';

const BEGINS_SESSION = [
  '/v1/auth/register',
  '/v1/auth/login',
  '/v1/auth/mfa/sign-in',
  '/v1/auth/mfa/passkey-sign-in',
  '/v1/auth/recovery/complete',
];
const GOES_BY_SESSION = ['/v1/auth/refresh', '/v1/auth/logout'];

/**
 * The cookie, for scripts of the relay's own origin. Elsewhere browsers may not keep it: they take the relay for a third party
 * unless it is of the same site, which an app knows and says (`tokenTransport`).
 */
export function defaultTokenTransport(relayUrl: string): TokenTransport {
  const { location } = globalThis as { readonly location?: { readonly origin: string } };
  return location?.origin === new URL(relayUrl).origin ? 'cookie' : 'body';
}

/** Whether a request is to take the cookie along, or to bring it: no other one does. */
export function carriesCookie(url: string, chosen: TokenTransport, ofSession: TokenTransport): boolean {
  const ends = (path: string): boolean => new URL(url).pathname.endsWith(path);
  return BEGINS_SESSION.some(ends) ? chosen === 'cookie' : ofSession === 'cookie' && GOES_BY_SESSION.some(ends);
}
