import { call, type TestUser } from '#testing';

/** Takes on fresh tokens, as a client does when time has passed. */
export async function renew(relay: { readonly url: string }, user: TestUser): Promise<void> {
  const { refreshToken } = user.signedIn;
  const { status, body } = await call(relay, 'POST', '/v1/auth/refresh', { body: { refreshToken } });
  if (status !== 200) throw new Error(`the refresh answered ${status}: ${JSON.stringify(body)}`);
  user.signedIn = { ...user.signedIn, ...body };
}
