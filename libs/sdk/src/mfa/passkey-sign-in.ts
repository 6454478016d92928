import type { components } from '#api-client';
import { deriveAccountKeys } from '#crypto';
import type { PasskeyRequest } from '#protocol';
import { enrol, type NewDevice } from '../account/account.js';
import { notTrusted } from '../account/account.errors.js';
import { type AskToKeep, keepingAccount } from '../account/keeping.js';
import type { OpenAccount } from '../account/open-account.js';
import { checkEmpty, shownKdf } from '../account/pins.js';
import { existingRoot } from '../account/secrets.js';
import { isRefusal, isRetryable } from '../relay/relay.errors.js';
import { type SessionTokens, tokensOf } from '../relay/session.js';
import { assertionOf, type PasskeyAssertion } from './second-factor.js';

type SignedIn = components['schemas']['SignedInDto'];

/** Has a browser ask its authenticators: `navigator.credentials.get`. */
export type GetPasskey = (request: PasskeyRequest) => Promise<PasskeyAssertion>;

/**
 * A device that a passkey has signed in. It has a session, and nothing else: the vault opens by the password, which the relay
 * never learns, so the passkey cannot stand for it. Nothing is stored before {@link unlock}.
 */
export class PasskeyDevice {
  private constructor(
    private readonly options: Pick<NewDevice, 'relay' | 'store'>,
    private signedIn: SignedIn,
  ) {}

  /**
   * Signs in on a device that is new to the account, by a passkey of it.
   *
   * @throws {AccountError} `account_exists` @throws what `get` throws. @throws {RelayRefusal} `invalid_mfa_code` for a passkey that
   * the relay does not know or whose authenticator did not verify its user, `device_limit_reached` and others; `account_deletion_pending`
   * where it is to be deleted and `keepAccount` does not keep it. To keep it takes the passkey once more.
   */
  static async signIn(
    { relay, store, deviceName }: Pick<NewDevice, 'relay' | 'store' | 'deviceName'>,
    get: GetPasskey,
    keepAccount?: AskToKeep,
  ): Promise<PasskeyDevice> {
    await checkEmpty(store);
    const signedIn = await keepingAccount(async (kept) => {
      const asked = await relay.callAnonymously((api) => api.POST('/v1/auth/mfa/passkey-sign-in/options'));
      if (asked.passkey === undefined) throw notTrusted('The relay asks for no passkey.');
      const assertion = assertionOf(await get(asked.passkey));
      const { tokenTransport: transport } = relay;
      const body = { challenge: asked.challenge, assertion, device: { name: deviceName }, transport, ...kept };
      return relay.callAnonymously((api) => api.POST('/v1/auth/mfa/passkey-sign-in', { body }));
    }, keepAccount);
    const device = new PasskeyDevice({ relay, store }, signedIn);
    relay.useSession(tokensOf(signedIn, relay.nowMs()), (tokens) => device.keep(tokens));
    return device;
  }

  get username(): string {
    return this.signedIn.account.username;
  }

  /** Opens the account. It may be asked again with another password. @throws {AccountError} `wrong_password` */
  async unlock(password: string): Promise<OpenAccount> {
    const { relay } = this.options;
    const { id: accountId, username } = this.signedIn.account;
    const kdf = await shownKdf(relay, username);
    const keys = await deriveAccountKeys(password, kdf);
    await existingRoot({ accountId, kdf, keys, relay });
    return enrol(this.options, { signedIn: this.signedIn, kdf, keys });
  }

  /** Takes the device back, as far as the relay can be reached. */
  async cancel(): Promise<void> {
    const { relay } = this.options;
    try {
      const params = { path: { id: this.signedIn.device.id } };
      // Its session ends with it.
      await relay.call((api) => api.DELETE('/v1/devices/{id}', { params }));
    } catch (error) {
      if (!isRetryable(error) && !isRefusal(error, 'mfa_required', 'invalid_token', 'invalid_refresh_token'))
        throw error;
    } finally {
      relay.endSession();
    }
  }

  /** In memory, since there is no store yet that they could be sealed in. */
  private keep({ accessToken, refreshToken, expiresAtMs }: SessionTokens): Promise<void> {
    const expiresIn = Math.floor((expiresAtMs - this.options.relay.nowMs()) / 1_000);
    this.signedIn = { ...this.signedIn, accessToken, expiresIn, ...(refreshToken !== undefined && { refreshToken }) };
    return Promise.resolve();
  }
}
