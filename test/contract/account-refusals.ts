import type { TestUser } from '#testing';
import { STRONG } from '../e2e/recovering.js';
import { freshName, secret } from '../e2e/signing-in.js';
import type { Ask } from './group-refusals.js';

export async function refuseAtSignIn(ask: Ask, user: TestUser): Promise<void> {
  const username = freshName();
  const { body: kdf } = await ask(undefined, 'GET', `/auth/kdf?username=${username}`);
  const body = { username, authKey: secret(), kdf, device: { name: 'One' } };
  await ask(undefined, 'POST', '/auth/register', { body: { ...body, kdf: { ...kdf, iterations: 1 } } });
  await ask(undefined, 'POST', '/auth/register', { body: { ...body, transport: 'cookie' } });
  const { body: shown } = await ask(undefined, 'GET', `/auth/kdf?username=${user.username}`);
  await ask(undefined, 'POST', '/auth/register', { body: { ...body, username: user.username, kdf: shown } });

  const login = { username: user.username, authKey: user.authKey, device: { name: 'Next' } };
  await ask(undefined, 'POST', '/auth/login', { body: { ...login, authKey: secret() } });
  await ask(undefined, 'POST', '/auth/login', { body: { ...login, transport: 'cookie' } });
}

export async function refuseAtRefresh(ask: Ask, user: TestUser): Promise<void> {
  const { refreshToken } = (await user.onNewDevice()).signedIn;
  await ask(undefined, 'POST', '/auth/refresh', { body: {} });
  await ask(undefined, 'POST', '/auth/refresh', { body: { refreshToken: secret() } });
  const { body: next } = await ask(undefined, 'POST', '/auth/refresh', { body: { refreshToken } });
  await ask(undefined, 'POST', '/auth/refresh', { body: { refreshToken: next.refreshToken } });
  await ask(undefined, 'POST', '/auth/refresh', { body: { refreshToken } });
}

export async function refuseAtAccount(ask: Ask, person: TestUser): Promise<void> {
  const { authKey } = person;
  const change = { authKey, newAuthKey: authKey, newKdf: STRONG };
  await ask(person, 'POST', '/auth/password', { body: { ...change, newKdf: { ...STRONG, iterations: 1 } } });
  await ask(person, 'POST', '/auth/password', { body: { ...change, authKey: secret() } });
  await ask(person, 'DELETE', '/auth/me', { body: { authKey: secret() } });
  // All of them confirm the same secret, and all but the first come too late to change it.
  await Promise.all([0, 1, 2].map(() => ask(person, 'POST', '/auth/password', { body: change })));
}
