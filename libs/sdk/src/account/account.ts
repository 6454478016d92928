import type { components } from '#api-client';
import { type AccountKeys, deriveAccountKeys, encodeBase64Url } from '#crypto';
import { type Kdf, KDF_FLOORS } from '#protocol';
import { isRefusal, isRetryable } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';
import type { SealedPut } from '../store/sealed-store.js';
import type { Store } from '../store/store.js';
import { type SignInOptions, withSecondFactor } from '../mfa/second-factor.js';
import { SESSIONS, TRUSTS } from './account-records.js';
import { keepingAccount } from './keeping.js';
import type { OpenAccount } from './open-account.js';
import { type OpenDevice, openStored, setUp, useNewSession, useStoredSession } from './opening.js';
import { checkEmpty, checkKdf, openSealed, type Pins, readPins, sealFor, shownKdf, wrongPassword } from './pins.js';
import { checkNewPassword } from './password-rule.js';
import { existingRoot } from './secrets.js';

type SignedIn = components['schemas']['SignedInDto'];

/** What {@link signInAgain} asks about. Until then the account is open without a session. */
const NEEDS_ITS_OWNER = ['invalid_credentials', 'mfa_required', 'account_deletion_pending'] as const;

/** Cost of argon2id; parallelism is 1 unless it is given. */
export interface DerivationCost {
  readonly memoryKiB: number;
  readonly iterations: number;
  readonly parallelism?: number;
}

/** A device that is to be signed in. */
export interface NewDevice {
  readonly relay: RelayClient;
  /** Without an account so far. */
  readonly store: Store;
  readonly username: string;
  readonly password: string;
  /** For people, in the list of devices. */
  readonly deviceName: string;
}

/**
 * Makes an account, with this as its first device. If it breaks off, {@link unlock} goes on, or {@link signIn} if the store has
 * no account yet.
 *
 * @param options.cost the floor of the protocol, if left out: 64 MiB, three times.
 * @throws {AccountError} `account_exists` if the store has one; `weak_password` for one that is soon found.
 * @throws {CryptoError} `kdf_too_weak` or `kdf_too_costly` for a cost out of bounds, or too short a salt of the relay.
 * @param options.invitation its code, where {@link registrationOf} is `invite`.
 * @throws {RelayRefusal} `username_taken`, `registration_closed`, `invitation_required`, `invitation_invalid` and others.
 * @throws {RelayUnreachableError} when no answer came.
 *
 * @example
 * const relay = new RelayClient({ url: 'https://relay.example' });
 * const account = await register({ relay, store, username: 'ada', password, deviceName: 'laptop' });
 */
export async function register(
  options: NewDevice & { readonly displayName?: string; readonly cost?: DerivationCost; readonly invitation?: string },
): Promise<OpenAccount> {
  const { relay, store, username, password, displayName, cost, invitation } = options;
  checkNewPassword(password, username);
  await checkEmpty(store);
  const { salt } = await shownKdf(relay, username);
  const kdf = { algorithm: 'argon2id' as const, salt, ...KDF_FLOORS.argon2id, parallelism: 1, ...cost };
  const keys = await deriveAccountKeys(password, kdf);
  const device = { name: options.deviceName };
  const authKey = encodeBase64Url(keys.authKey);
  const { tokenTransport: transport } = relay;
  const own = { ...(displayName && { displayName }), ...(invitation && { invitation }) };
  const body = { username, authKey, kdf, device, transport, ...own };
  const signedIn = await relay.callAnonymously((api) => api.POST('/v1/auth/register', { body }));
  return enrol(options, { signedIn, kdf, keys });
}

/**
 * Who may make an account at a relay: everybody (`open`), whoever has an invitation (`invite`), nobody (`closed`), or what this
 * version does not know.
 *
 * @throws {RelayUnreachableError}
 */
export async function registrationOf(relay: RelayClient): Promise<string> {
  // A relay of a version before this has no word of it.
  const server: { readonly registration?: string } = await relay.callAnonymously((api) => api.GET('/v1/server'));
  return server.registration ?? 'open';
}

/**
 * Signs in on a new device, by the password alone: it joins the account's signed list of devices.
 *
 * @throws {AccountError} `account_exists`, `wrong_password`, or `relay_not_trusted` when the relay shows an identity or a list
 * that cannot be the account's.
 * @throws {CryptoError} `kdf_too_weak` or `kdf_too_costly`: nothing was derived.
 * @throws {RelayRefusal} `invalid_credentials`, `device_limit_reached` and others; `mfa_required` where the account takes a second
 * factor and nobody is asked, `invalid_mfa_challenge` when asking took too long, and `account_deletion_pending` where it is to be
 * deleted and not kept.
 * @throws {RelayUnreachableError} when no answer came.
 */
export async function signIn(options: NewDevice & Asking): Promise<OpenAccount> {
  const { relay, store, username, password } = options;
  await checkEmpty(store);
  const kdf = await shownKdf(relay, username);
  const keys = await deriveAccountKeys(password, kdf);
  const signedIn = await logInAsNew(options, { username, keys }, options);
  return enrol(options, { signedIn, kdf, keys });
}

/** As a device that is new to the account. */
export async function logInAsNew(
  { relay, deviceName }: Pick<NewDevice, 'relay' | 'deviceName'>,
  { username, keys }: { username: string; keys: AccountKeys },
  asking: Asking,
): Promise<SignedIn> {
  const place = { device: { name: deviceName }, transport: relay.tokenTransport };
  return logInAt(relay, { username, authKey: encodeBase64Url(keys.authKey), ...place }, asking);
}

/** Whom a sign-in asks. */
type Asking = Pick<SignInOptions, 'secondFactor' | 'keepAccount'>;

type Login = components['schemas']['LoginDto'];

/** With a second factor, if the account takes one, and kept, if it is to be deleted: all steps are of the same device. */
function logInAt(relay: RelayClient, login: Login, { secondFactor, keepAccount }: Asking): Promise<SignedIn> {
  const { username: _username, authKey: _authKey, trustToken: _trust, ...place } = login;
  return withSecondFactor(
    () =>
      keepingAccount(
        (kept) => relay.callAnonymously((api) => api.POST('/v1/auth/login', { body: { ...login, ...kept } })),
        keepAccount,
      ),
    (answer, trustDevice) =>
      keepingAccount((kept) => {
        const body = { ...answer, ...place, trustDevice, ...kept };
        return relay.callAnonymously((api) => api.POST('/v1/auth/mfa/sign-in', { body }));
      }, keepAccount),
    secondFactor,
  );
}

/** Seals the store for the device that a sign-in has made, and sets it up. */
export async function enrol(
  { relay, store }: Pick<NewDevice, 'relay' | 'store'>,
  { signedIn, kdf, keys, facts }: { signedIn: SignedIn; kdf: Kdf; keys: AccountKeys; facts?: readonly SealedPut[] },
): Promise<OpenAccount> {
  const { account, device } = signedIn;
  const pins = { accountId: account.id, username: account.username, deviceId: device.id, kdf };
  const opened = { pins, relay, store: await sealFor(store, pins, { keys, ...(facts && { facts }) }) };
  await useNewSession(opened, signedIn);
  return setUp(opened, keys);
}

/**
 * Opens the account of a device that is signed in. Without a relay in reach it opens all the same, unless its setting up was
 * broken off. A session that has ended is made anew, if the relay still takes this password and device, and asks for no second
 * factor, nor whether to keep the account; if not, it opens without one.
 *
 * @throws {AccountError} `no_account`, `wrong_password`, or `kdf_changed` when the relay tells another derivation than before.
 * @throws what {@link signIn} throws, when something of the setting up is missing.
 */
export async function unlock({
  relay,
  store,
  password,
}: Omit<NewDevice, 'username' | 'deviceName'>): Promise<OpenAccount> {
  const pins = await readPins(store);
  const keys = await deriveAccountKeys(password, pins.kdf);
  const device = { pins, relay, store: await openSealed(store, pins, keys) };
  const session = await device.store.get(SESSIONS, 'session');
  if (session !== undefined) useStoredSession(device, session.record);
  const account = await openStored(device);
  try {
    await ensureSession(device, keys);
  } catch (error) {
    if (account === undefined || !(isRetryable(error) || isRefusal(error, ...NEEDS_ITS_OWNER))) throw error;
  }
  return account ?? setUp(device, keys);
}

/**
 * Makes a new session for an open account whose own has ended.
 *
 * @param password the account's, which may have been changed on another device.
 * @param storePassword that of this device's store, if it is still the one from before.
 * @throws {AccountError} `wrong_password` if the store or the vault does not open, and `kdf_changed`.
 * @throws {RelayRefusal} `invalid_credentials` for a wrong password, and for a device that was revoked; `mfa_required` where the
 * account takes a second factor and nobody is asked, and `account_deletion_pending` where it is to be deleted and not kept.
 * @throws {RelayUnreachableError} when no answer came.
 */
export async function signInAgain(
  account: OpenAccount,
  password: string,
  storePassword = password,
  asking: Asking = {},
): Promise<void> {
  const { accountId, kdf, relay } = account;
  const keys = await deriveAccountKeys(password, kdf);
  await useNewSession(account, await logIn({ pins: account, relay, store: account.store }, keys, asking));
  await existingRoot({ accountId, kdf, keys, relay });
  if (storePassword !== password) await rewrap(account, await deriveAccountKeys(storePassword, kdf), keys);
}

/** Another password for this device's store. @throws {AccountError} `wrong_password` */
export async function rewrap(account: OpenAccount, from: AccountKeys, to: AccountKeys): Promise<void> {
  const { accountId, deviceId, store } = account;
  try {
    await store.rewrap({ accountId, deviceId, wrapKey: from.wrapKey }, { accountId, deviceId, wrapKey: to.wrapKey });
  } catch (cause) {
    throw wrongPassword(cause);
  }
}

/** Forgets the keys and the session's tokens. What the caller keeps of the account is of no use any more. */
export function lock({ relay, store }: Pick<OpenAccount, 'relay' | 'store'>): void {
  relay.endSession();
  store.lock();
}

/**
 * Ends the session, as far as the relay can be reached, and deletes all that this device has stored. The device stays on the
 * account's list until it is revoked there.
 */
export async function signOut({ relay, store }: Pick<OpenAccount, 'relay' | 'store'>): Promise<void> {
  try {
    await relay.call((api) => api.POST('/v1/auth/logout'));
  } catch (error) {
    if (!isRetryable(error) && !isRefusal(error, 'invalid_token', 'invalid_refresh_token', 'refresh_token_reused'))
      throw error;
  } finally {
    await erase({ relay, store });
  }
}

/** Deletes all that this device has stored of an account, and ends its session here. */
export async function erase({ relay, store }: Pick<OpenAccount, 'relay' | 'store'>): Promise<void> {
  relay.endSession();
  await store.destroy();
}

async function ensureSession({ pins, store, relay }: OpenDevice, keys: AccountKeys): Promise<void> {
  try {
    await relay.accessToken();
  } catch (error) {
    if (!isRefusal(error, 'invalid_token', 'invalid_refresh_token', 'refresh_token_reused')) throw error;
    await useNewSession({ store, relay }, await logIn({ pins, store, relay }, keys, {}));
  }
}

/** As a device that is known. */
async function logIn(
  { pins, relay, store }: Omit<OpenDevice, 'pins'> & { readonly pins: Pick<Pins, 'username' | 'deviceId' | 'kdf'> },
  { authKey }: AccountKeys,
  asking: Asking,
): Promise<SignedIn> {
  const { username, deviceId } = pins;
  await checkKdf(relay, pins);
  const trust = await store.get(TRUSTS, 'trust');
  const login = { username, deviceId, authKey: encodeBase64Url(authKey), transport: relay.tokenTransport };
  return logInAt(relay, trust === undefined ? login : { ...login, trustToken: trust.record.token }, asking);
}
