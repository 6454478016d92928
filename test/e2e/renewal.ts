import { call, type Reply, type TestUser } from '#testing';

interface Serving {
  readonly url: string;
}

/** Asks for fresh tokens, with anything for a refresh token. */
export function refresh(relay: Serving, refreshToken: unknown): Promise<Reply> {
  return call(relay, 'POST', '/v1/auth/refresh', { body: { refreshToken } });
}

/** Takes on fresh tokens, as a client does when time has passed. */
export async function renew(relay: Serving, user: TestUser): Promise<void> {
  const { status, body } = await refresh(relay, user.signedIn.refreshToken);
  if (status !== 200) throw new Error(`the refresh answered ${status}: ${JSON.stringify(body)}`);
  user.signedIn = { ...user.signedIn, ...body };
}
