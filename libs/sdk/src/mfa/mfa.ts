import type { components } from '#api-client';
import { deriveAccountKeys, encodeBase64Url } from '#crypto';
import type { MfaChallenge } from '#protocol';
import type { OpenAccount } from '../account/open-account.js';
import { existingRoot } from '../account/secrets.js';
import { isRefusal } from '../relay/relay.errors.js';
import { answerOf, type PasskeyAttestation, type SecondFactor } from './second-factor.js';

/** Second factors of an account, what stands in for them, and the devices that are not asked. */
export type MfaState = components['schemas']['MfaStateDto'];

/** An authenticator app that waits for its first code: `uri` is to be shown as a QR code, `secret` to be typed. */
export type BegunTotp = components['schemas']['BegunTotpDto'];

/** A second factor that was added, and with the first one the recovery codes: they are not shown again. */
export type AddedFactor = components['schemas']['AddedFactorDto'];

/** What `navigator.credentials.create` takes, in the JSON of WebAuthn Level 3. */
export type PasskeyCreation = components['schemas']['PasskeyCreationDto'];

/** How a passkey is made: in the page, which alone may ask the browser for one. */
export interface NewPasskey {
  /** For people, among the second factors. */
  readonly name: string;
  readonly create: (options: PasskeyCreation) => Promise<PasskeyAttestation>;
}

/** @param opened gives the account that is open. */
export function mfaOf(opened: () => OpenAccount) {
  return {
    /** @throws {RelayUnreachableError} */
    state: (): Promise<MfaState> => opened().relay.call((api) => api.GET('/v1/auth/mfa')),
    /**
     * Begins to add an authenticator app; it counts once {@link confirmTotp} has had a code of it, within a quarter of an hour.
     *
     * @throws {AccountError} `wrong_password` @throws {RelayRefusal} `mfa_required`: {@link stepUp}, and again.
     */
    addTotp: (password: string, name: string): Promise<BegunTotp> => addTotp(opened(), password, name),
    /** @throws {RelayRefusal} `invalid_mfa_code` for a wrong code, `not_found` when it took too long, `factor_limit_reached` */
    confirmTotp: (id: string, code: string): Promise<AddedFactor> => confirmTotp(opened(), id, code),
    /**
     * Adds a passkey that `create` makes.
     *
     * @throws as {@link addTotp}, what `create` throws, and {RelayRefusal} `conflict` for one that there is already.
     */
    addPasskey: (password: string, passkey: NewPasskey): Promise<AddedFactor> =>
      addPasskey(opened(), password, passkey),
    /** Removes a second factor; with the last one go the recovery codes, and all trust. @throws as {@link addTotp}. */
    remove: (password: string, id: string): Promise<void> => removeFactor(opened(), password, id),
    /** Fresh recovery codes, in place of all earlier ones. @throws as {@link addTotp}, and {RelayRefusal} `not_found` without a factor. */
    renewRecoveryCodes: (password: string): Promise<string[]> => renewRecoveryCodes(opened(), password),
    /**
     * Shows a second factor: what was refused with `mfa_required` may be asked for again, for five minutes.
     *
     * @param asked `mfa` of the refusal. @throws {RelayRefusal} `invalid_mfa_code`; `invalid_mfa_challenge` when it is to be asked anew.
     */
    stepUp: (asked: Pick<MfaChallenge, 'challenge'>, given: SecondFactor): Promise<void> =>
      stepUp(opened(), asked, given),
    /** Has a device be asked for a second factor again. May be repeated. */
    untrust: (deviceId: string): Promise<void> => untrust(opened(), deviceId),
  };
}

async function addTotp(account: OpenAccount, password: string, name: string): Promise<BegunTotp> {
  const body = { authKey: await authKeyOf(account, password), name };
  return account.relay.call((api) => api.POST('/v1/auth/mfa/totp', { body }));
}

function confirmTotp({ relay }: OpenAccount, id: string, code: string): Promise<AddedFactor> {
  const params = { path: { id } };
  const body = { code: code.replace(/\s/g, '') };
  return relay.call((api) => api.POST('/v1/auth/mfa/totp/{id}/confirm', { params, body }));
}

async function addPasskey(account: OpenAccount, password: string, { name, create }: NewPasskey): Promise<AddedFactor> {
  const { relay } = account;
  const confirmed = { authKey: await authKeyOf(account, password) };
  const options = await relay.call((api) => api.POST('/v1/auth/mfa/passkeys/options', { body: confirmed }));
  const { id: credentialId, response } = await create(options);
  const { clientDataJSON, attestationObject } = response;
  const body = { challenge: options.challenge, name, credentialId, clientDataJSON, attestationObject };
  return relay.call((api) => api.POST('/v1/auth/mfa/passkeys', { body }));
}

async function removeFactor(account: OpenAccount, password: string, id: string): Promise<void> {
  const params = { path: { id } };
  const body = { authKey: await authKeyOf(account, password) };
  await account.relay.call((api) => api.DELETE('/v1/auth/mfa/factors/{id}', { params, body }));
}

async function renewRecoveryCodes(account: OpenAccount, password: string): Promise<string[]> {
  const body = { authKey: await authKeyOf(account, password) };
  const { codes } = await account.relay.call((api) => api.POST('/v1/auth/mfa/recovery-codes', { body }));
  return codes;
}

async function stepUp(
  { relay }: OpenAccount,
  asked: Pick<MfaChallenge, 'challenge'>,
  given: SecondFactor,
): Promise<void> {
  const body = answerOf(asked, given);
  await relay.call((api) => api.POST('/v1/auth/mfa/step-up', { body }));
}

async function untrust({ relay }: OpenAccount, deviceId: string): Promise<void> {
  try {
    await relay.call((api) =>
      api.DELETE('/v1/auth/mfa/trusted-devices/{deviceId}', { params: { path: { deviceId } } }),
    );
  } catch (error) {
    if (!isRefusal(error, 'not_found')) throw error;
  }
}

/** What the relay takes for the password. @throws {AccountError} `wrong_password`, before the relay counts a failure. */
async function authKeyOf({ accountId, kdf, relay }: OpenAccount, password: string): Promise<string> {
  const keys = await deriveAccountKeys(password, kdf);
  await existingRoot({ accountId, kdf, keys, relay });
  return encodeBase64Url(keys.authKey);
}
