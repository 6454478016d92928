import {
  type AccountKeys,
  CryptoError,
  decodeBase64Url,
  deriveAccountKeys,
  encodeBase64Url,
  type Link,
  linkAsNewDevice,
  type LinkingKeys,
  newLinkingKeys,
  openProvisioning,
  writeLinkingCode,
} from '#crypto';
import type { components } from '#api-client';
import { DURATIONS, type Provisioning, readProvisioning } from '#protocol';
import { enrol, logInAsNew, type NewDevice } from '../account/account.js';
import { AccountError, notTrusted } from '../account/account.errors.js';
import { LINKED } from '../account/account-records.js';
import type { OpenAccount } from '../account/open-account.js';
import { checkEmpty } from '../account/pins.js';
import { IMPORT_KEY, IMPORTS } from '../history/history-records.js';
import type { SignInOptions } from '../mfa/second-factor.js';
import { waitFor } from '../relay/backoff.js';
import { isRefusal, isRetryable } from '../relay/relay.errors.js';
import type { Waiting } from '../waiting.js';

/** When contacts were verified is not handed over: what own devices tell each other by the vault is later. */
const LONG_AGO_MS = 1;

type Reply = components['schemas']['LinkingReplyDto'];

/** The relay lets a new device ask about twice as often. */
const ASK_EVERY_MS = 1_000;

interface LinkedDeviceOptions extends Pick<NewDevice, 'relay' | 'store' | 'deviceName'> {
  /** Ends all waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** A device that shows a code to be linked. Nothing is stored before the account is open. */
export class WaitingDevice {
  private link: Link | undefined;
  /** All that the relay had. It gives the provisioning once: with the answer, if the old device was quick. */
  private said: Reply | undefined;
  private provisioning: Provisioning | undefined;

  private constructor(
    private readonly options: LinkedDeviceOptions,
    private readonly keys: LinkingKeys,
    private readonly slot: components['schemas']['OpenedLinkingDto'],
    /** Of {@link DURATIONS.linkingSlotSeconds}, by this device's clock: a relay that waits for ever is not waited for. */
    private readonly untilMs: number,
    readonly code: string,
  ) {}

  /** @throws {AccountError} `account_exists` @throws {RelayRefusal} `rate_limited`, `unavailable` */
  static async open(options: LinkedDeviceOptions): Promise<WaitingDevice> {
    const { relay, store } = options;
    await checkEmpty(store);
    const keys = await newLinkingKeys();
    const untilMs = relay.nowMs() + DURATIONS.linkingSlotSeconds * 1_000;
    const body = { offer: encodeBase64Url(keys.publicKey) };
    const slot = await relay.callAnonymously((api) => api.POST('/v1/linking', { body }));
    return new WaitingDevice(options, keys, slot, untilMs, await writeLinkingCode(slot.slotId, keys.publicKey));
  }

  /**
   * Waits for the old device. @returns the words.
   * @throws {AccountError} `linking_expired`, and `relay_not_trusted` for an answer that is no key.
   */
  async answered(waiting?: Waiting): Promise<readonly string[]> {
    const answer = await this.asked(({ answer: said }) => said, waiting);
    this.link = await orNotTrusted(() => linkAsNewDevice(this.keys, this.slot.slotId, decodeBase64Url(answer)));
    return this.link.words;
  }

  /**
   * Waits for what the old device hands over, and signs in. It may be asked again with another password.
   * @throws {AccountError} `linking_expired`, `linking_rejected`, and `relay_not_trusted`.
   * @throws {RelayRefusal} `invalid_credentials` for a wrong password, `device_limit_reached` and others; `mfa_required` where the
   * account takes a second factor and nobody is asked.
   */
  async confirm(password: string, { secondFactor, keepAccount, ...waiting }: SignInOptions = {}): Promise<OpenAccount> {
    const given = (this.provisioning ??= await this.handedOver(waiting));
    const keys = await deriveAccountKeys(password, given.kdf);
    const signedIn = await logInAsNew(this.options, { username: given.username, keys }, { secondFactor, keepAccount });
    if (signedIn.account.id !== given.accountId || signedIn.account.username !== given.username)
      throw notTrusted('The relay signs this device in to another account.');
    return this.enrolled(given, { signedIn, kdf: given.kdf, keys });
  }

  /** What is handed over from now on is not read. */
  reject(): Promise<void> {
    this.link = undefined;
    return Promise.resolve();
  }

  private async enrolled(
    { identityKey, archive, contacts }: Provisioning,
    signed: { signedIn: components['schemas']['SignedInDto']; kdf: Provisioning['kdf']; keys: AccountKeys },
  ): Promise<OpenAccount> {
    const beganAtMs = this.options.relay.nowMs();
    const verified = contacts.map((contact) => ({ ...contact, isVerified: true, decidedAtMs: LONG_AGO_MS }));
    const promised = { ...archive, beganAtMs, next: 0, isComplete: false, contacts: verified };
    const facts = [LINKED.put('linked', { identityKey }), IMPORTS.put(IMPORT_KEY, promised)];
    return enrol(this.options, { ...signed, facts });
  }

  private async handedOver(waiting?: Waiting): Promise<Provisioning> {
    const { link } = this;
    if (link === undefined) throw new Error('The words have not been shown.');
    const sealed = await this.asked(({ provisioning }) => provisioning, waiting);
    const given = readProvisioning(await orNotTrusted(() => openProvisioning(decodeBase64Url(sealed), link)));
    if (given === 'rejected') throw new AccountError('linking_rejected', 'The other device has rejected this one.');
    if (given === undefined) throw notTrusted('What was handed over cannot be read.');
    return given;
  }

  /** Until the relay has what is waited for. */
  private async asked(of: (reply: Reply) => string | null, waiting: Waiting = {}): Promise<string> {
    const { relay } = this.options;
    const signals = [this.options.signal, waiting.signal].filter((one) => one !== undefined);
    const signal = AbortSignal.any(signals);
    for (;;) {
      signal.throwIfAborted();
      const said = await this.reply();
      const found = said && of(said);
      if (typeof found === 'string') return found;
      if (relay.nowMs() >= this.untilMs) throw expired();
      await waitFor(ASK_EVERY_MS, signal);
    }
  }

  private async reply(): Promise<Reply | undefined> {
    if (this.said !== undefined) return this.said;
    const params = { path: { slotId: this.slot.slotId } };
    const body = { readKey: this.slot.readKey };
    try {
      const { relay } = this.options;
      const reply = await relay.callAnonymously((api) => api.POST('/v1/linking/{slotId}/read', { params, body }));
      if (reply.provisioning !== null) this.said = reply;
      return reply;
    } catch (error) {
      if (isRefusal(error, 'not_found')) throw expired();
      if (!isRetryable(error)) throw error;
      return undefined;
    }
  }
}

function expired(): AccountError {
  return new AccountError('linking_expired', 'The two minutes in which this device waited are over.');
}

async function orNotTrusted<T>(open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (cause) {
    if (!(cause instanceof CryptoError)) throw cause;
    throw notTrusted('What the relay passes on is not from the device that has read the code.', { cause });
  }
}
