import { TestRelay, TestUser } from '#testing';
import { askDeletion, WITH_GRACE } from '../e2e/deleting.js';
import { completion, withRecovery } from '../e2e/recovering.js';
import { addPasskey, challengeOf, ORIGIN } from '../e2e/second-factors.js';
import { asKnown } from '../e2e/signing-in.js';
import type { Ask } from './group-refusals.js';

/** Signs in, in all ways, to accounts that are to be deleted. */
export async function refuseWhatIsToBeDeleted(ask: Ask): Promise<void> {
  const at = await TestRelay.start({ environment: { ...WITH_GRACE, PUBLIC_URL: ORIGIN } });
  const plain = await TestUser.register(at);
  const recoveryKey = await withRecovery(plain);
  await askDeletion(plain);
  await ask(undefined, 'POST', '/auth/login', { at, body: asKnown(plain) });
  await ask(undefined, 'POST', '/auth/recovery/complete', { at, body: completion(plain.username, recoveryKey) });
  const guarded = await TestUser.register(at);
  const { deviceId } = guarded;
  const { passkey } = await addPasskey(guarded);
  await askDeletion(guarded);
  const challenge = await challengeOf(at, guarded);
  const proof = { kind: 'passkey', ...passkey.get(challenge) };
  await ask(undefined, 'POST', '/auth/mfa/sign-in', { at, body: { challenge, proof, deviceId } });
  const { body: asked } = await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in/options', { at, body: {} });
  const assertion = passkey.get(asked.challenge);
  const body = { challenge: asked.challenge, assertion, deviceId };
  await ask(undefined, 'POST', '/auth/mfa/passkey-sign-in', { at, body });
  await at.stop();
}
