import { decodeMlsMessage } from 'ts-mls';
import { decryptSenderData } from 'ts-mls/privateMessage.js';
import {
  type CommitDraft,
  type FollowedCommit,
  importSigningKey,
  MlsEngine,
  type MlsGroup,
  newDeviceKeys,
  type OpenedMessage,
  type OwnCommit,
  type Reading,
  type SealedMessage,
} from '#crypto';
import { MLS_SUITES } from '#protocol';
import { MemoryStore, register, RelayClient } from '#sdk';
import { cipherSuite } from '../../libs/crypto/src/mls/suites.js';
import { DeviceSession } from '../../libs/sdk/src/device-session.js';
import { historyOf, type Read } from './sdk-history.js';

/** It signs nothing here. */
const suite = newDeviceKeys()
  .then(({ privateKey }) => importSigningKey(privateKey))
  .then((signingKey) => cipherSuite(MLS_SUITES.xWing, signingKey));

/** Keeps of every epoch that its device was in what tells by whom, and with which key of theirs, a message was encrypted. */
class WatchfulEngine extends MlsEngine {
  readonly secrets = new Map<number, Uint8Array>();

  override open(group: MlsGroup, message: Uint8Array): Promise<OpenedMessage> {
    this.watch(group);
    return super.open(group, message);
  }

  override async follow(group: MlsGroup, commit: Uint8Array, reading: Reading): Promise<FollowedCommit> {
    this.watch(group);
    const followed = await super.follow(group, commit, reading);
    if (followed.group !== undefined) this.watch(followed.group);
    return followed;
  }

  /** Of the last epoch nobody else may have said anything. */
  override encrypt(group: MlsGroup, content: Uint8Array, authenticatedData: Uint8Array): Promise<SealedMessage> {
    this.watch(group);
    return super.encrypt(group, content, authenticatedData);
  }

  override commit(group: MlsGroup, draft: CommitDraft): Promise<OwnCommit> {
    this.watch(group);
    return super.commit(group, draft);
  }

  private watch({ epoch, state }: MlsGroup): void {
    if (!this.secrets.has(epoch)) this.secrets.set(epoch, Uint8Array.from(state.keySchedule.senderDataSecret));
  }
}

/** A member whose device lives through it all, and sees which message key each ciphertext has taken. */
export class Witness {
  private constructor(
    readonly session: DeviceSession,
    private readonly engine: WatchfulEngine,
  ) {}

  static async register(url: string, username: string): Promise<Witness> {
    const store = await MemoryStore.open();
    const device = { username, password: 'correct horse battery staple', deviceName: 'device' };
    const account = await register({ ...device, relay: new RelayClient({ url }), store });
    const engine = new WatchfulEngine(account.device);
    const session = new DeviceSession({ ...account, engine });
    await session.start();
    return new Witness(session, engine);
  }

  /** All messages of a conversation, oldest first. */
  async history(conversationId: string): Promise<readonly Read[]> {
    return historyOf(this.session.messages, conversationId);
  }

  keyOf(ciphertext: Uint8Array): Promise<string> {
    return messageKeyOf(ciphertext, this.engine.secrets);
  }
}

/**
 * Which message key a ciphertext has taken: whose, in which epoch, and the how manieth.
 *
 * @param secrets the `sender_data_secret` of each epoch (RFC 9420 §6.3.2).
 */
export async function messageKeyOf(ciphertext: Uint8Array, secrets: ReadonlyMap<number, Uint8Array>): Promise<string> {
  const [message] = decodeMlsMessage(ciphertext, 0) ?? [];
  if (message?.wireformat !== 'mls_private_message') throw new Error('it is no private message');
  const epoch = Number(message.privateMessage.epoch);
  const secret = secrets.get(epoch);
  if (secret === undefined) throw new Error(`epoch ${epoch} has had no witness`);
  const sender = await decryptSenderData(message.privateMessage, secret, await suite);
  if (sender === undefined) throw new Error('its sender cannot be told');
  return `epoch ${epoch}, leaf ${sender.leafIndex}, generation ${sender.generation}`;
}
