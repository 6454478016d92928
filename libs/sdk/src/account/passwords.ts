import {
  type Bytes,
  decodeBase64Url,
  deriveAccountKeys,
  deriveRecoveryKeys,
  encodeBase64Url,
  newRecoveryCode,
  readRecoveryCode,
  unwrapRecoveredRoot,
  wrapRootForRecovery,
  wrapVaultRoot,
  writeRecoveryCode,
} from '#crypto';
import { type MfaAnswer, type SignInOptions, withSecondFactor } from '../mfa/second-factor.js';
import { enrol, type NewDevice, rewrap } from './account.js';
import { keepingAccount } from './keeping.js';
import type { OpenAccount } from './open-account.js';
import { checkNewPassword } from './password-rule.js';
import { checkEmpty, shownKdf } from './pins.js';
import { existingRoot } from './secrets.js';

/**
 * Changes the password: of the account, of its vault, and of this device's store. All other sessions end. The other devices'
 * stores keep the old one until `signInAgain` on each. If it breaks off, this device's does, too.
 *
 * @throws {AccountError} `wrong_password` if the old one is wrong, and `weak_password` if the new one is soon found.
 * @throws {RelayRefusal} `invalid_credentials` when the password was changed elsewhere, `stale_version` when it is just being.
 * @throws {RelayUnreachableError} when no answer came, and neither is known to be right.
 */
export async function changePassword(account: OpenAccount, oldPassword: string, newPassword: string): Promise<void> {
  const { accountId, username, kdf, relay } = account;
  checkNewPassword(newPassword, username);
  const old = await deriveAccountKeys(oldPassword, kdf);
  const found = await existingRoot({ accountId, kdf, keys: old, relay });
  const next = await deriveAccountKeys(newPassword, kdf);
  const wrapped = await wrapVaultRoot(found.root, { accountId, kdf, wrapKey: next.wrapKey });
  const body = {
    authKey: encodeBase64Url(old.authKey),
    newAuthKey: encodeBase64Url(next.authKey),
    newKdf: kdf,
    vaultRoot: { body: encodeBase64Url(wrapped), version: found.version },
  };
  await relay.call((api) => api.POST('/v1/auth/password', { body }));
  await rewrap(account, old, next);
}

/**
 * Replaces the account's identity key. All devices of the account follow by the vault; contacts see that it is another one, and
 * those who had verified it decide before they send again.
 *
 * @param password proves that whoever asks may.
 * @throws {AccountError} `wrong_password`; `relay_not_trusted` or `vault_rolled_back` when the relay shows what cannot be.
 * @throws {RelayRefusal} and {RelayUnreachableError}: what has begun is finished by `identity.finish()`.
 */
export async function rotateIdentity(
  { accountId, kdf, relay, identity }: OpenAccount,
  password: string,
): Promise<void> {
  const keys = await deriveAccountKeys(password, kdf);
  await existingRoot({ accountId, kdf, keys, relay });
  await identity.replace();
}

/**
 * Makes a recovery code, in place of an earlier one.
 *
 * @returns the code as its owner keeps it: it opens the account, and is stored nowhere.
 * @throws {AccountError} `wrong_password`
 */
export async function setUpRecovery({ accountId, kdf, relay }: OpenAccount, password: string): Promise<string> {
  const keys = await deriveAccountKeys(password, kdf);
  const found = await existingRoot({ accountId, kdf, keys, relay });
  const { text, recovery } = await freshRecovery(accountId, found.root);
  const body = { authKey: encodeBase64Url(keys.authKey), ...recovery };
  await relay.call((api) => api.PUT('/v1/auth/recovery', { body }));
  return text;
}

/** An account, and the code that opens it the next time. */
export interface RecoveredAccount {
  readonly account: OpenAccount;
  readonly recoveryCode: string;
}

/**
 * Sets a new password by the recovery code, and signs in on a new device. All sessions end, and the code is spent. If the answer
 * is lost, sign in with the new password, and set up recovery again.
 *
 * @throws {AccountError} `account_exists`; `weak_password` for one that is soon found: the code is not spent.
 * @throws {CryptoError} `not_a_code` for a mistyped one, and `cannot_open` if the root is not under this one.
 * @throws {RelayRefusal} `invalid_credentials` for another code, or none; `mfa_required` where the account takes a second factor and
 * nobody is asked, and `account_deletion_pending` where it is to be deleted and not kept.
 */
export async function recover(
  options: Omit<NewDevice, 'password'> & { readonly code: string; readonly newPassword: string } & Pick<
      SignInOptions,
      'secondFactor' | 'keepAccount'
    >,
): Promise<RecoveredAccount> {
  const { relay, store, username, code, newPassword, deviceName, secondFactor, keepAccount } = options;
  checkNewPassword(newPassword, username);
  await checkEmpty(store);
  const { recoveryKey, wrapKey } = await deriveRecoveryKeys(await readRecoveryCode(code));
  const proof = { username, recoveryKey: encodeBase64Url(recoveryKey) };
  const opened = await relay.callAnonymously((api) => api.POST('/v1/auth/recovery/open', { body: proof }));
  const { accountId } = opened;
  const root = await unwrapRecoveredRoot(decodeBase64Url(opened.vaultRoot.body), { accountId, wrapKey });
  const kdf = await shownKdf(relay, username);
  const keys = await deriveAccountKeys(newPassword, kdf);
  const vaultRoot = { body: encodeBase64Url(await wrapVaultRoot(root, { accountId, kdf, wrapKey: keys.wrapKey })) };
  const { text, recovery } = await freshRecovery(accountId, root);
  const secret = { authKey: encodeBase64Url(keys.authKey), kdf, vaultRoot };
  const body = { ...proof, ...secret, recovery, device: { name: deviceName }, transport: relay.tokenTransport };
  const complete = (mfa?: MfaAnswer) =>
    keepingAccount((kept) => {
      const whole = { ...body, ...(mfa && { mfa }), ...kept };
      return relay.callAnonymously((api) => api.POST('/v1/auth/recovery/complete', { body: whole }));
    }, keepAccount);
  const signedIn = await withSecondFactor(complete, complete, secondFactor);
  return { account: await enrol(options, { signedIn, kdf, keys }), recoveryCode: text };
}

async function freshRecovery(accountId: string, root: Bytes) {
  const code = newRecoveryCode();
  const { recoveryKey, wrapKey } = await deriveRecoveryKeys(code);
  const body = encodeBase64Url(await wrapRootForRecovery(root, { accountId, wrapKey }));
  return {
    text: await writeRecoveryCode(code),
    recovery: { recoveryKey: encodeBase64Url(recoveryKey), vaultRoot: { body } },
  };
}
