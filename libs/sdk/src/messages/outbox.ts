import { encodeBase64Url, forget, type MlsGroup, pad } from '#crypto';
import type { OpenAccount } from '../account/open-account.js';
import { type ConversationRecord, CONVERSATIONS } from '../conversations/conversation-record.js';
import type { GroupShelf } from '../groups/group-shelf.js';
import type { GroupTender } from '../groups/tender.js';
import type { PeerDirectory } from '../peers/peer-directory.js';
import { isRefusal } from '../relay/relay.errors.js';
import type { StoredRecord } from '../store/sealed-store.js';
import { startingWith } from '../store/store.js';
import type { EventHub } from '../sync/events.js';
import type { Lanes } from '../sync/lanes.js';
import type { Synchronizer } from '../sync/synchronizer.js';
import { lifetimeOf } from './expiry-record.js';
import { frankedContent, isFrankedMessage } from './franking.js';
import { OUTBOX, type OutboxRecord, outboxKey } from './outbox-record.js';

/** What sending leans on. */
interface Sending {
  readonly sync: Synchronizer;
  readonly tender: GroupTender;
  readonly peers: PeerDirectory;
}

type Queued = StoredRecord<OutboxRecord>;

/** After so many refusals for the epoch somebody else sends commits faster than this device reads them: later, then. */
const MOST_EPOCHS = 8;

/** For what is wrong with the message, or with its sender's place: asked again, the relay would say the same. */
const FINAL = ['forbidden', 'not_found', 'id_reused', 'invalid_request', 'payload_too_large'] as const;

/**
 * Sends what is in the outbox, each conversation's messages in order. A message is stored encrypted, together with the state of
 * its group, before it leaves: no key is used twice, whenever this device stops.
 */
export class Outbox {
  constructor(
    private readonly account: OpenAccount,
    private readonly shelf: GroupShelf,
    private readonly sending: Sending,
    private readonly lanes: Lanes,
    private readonly events: EventHub,
  ) {}

  /**
   * Sends what waits of one conversation.
   * @throws {RelayUnreachableError} and other errors after which to try again. @throws {PeerError} `identity_changed` while the
   * user has to decide about somebody in it: the messages wait.
   */
  async flush(conversationId: string): Promise<void> {
    await this.lanes.run(`outbox ${conversationId}`, async () => {
      for (const { key } of await this.waiting(conversationId)) await this.deliver(conversationId, key);
    });
  }

  /** The conversations with something to send. */
  async conversations(): Promise<string[]> {
    const rows = await this.account.store.scan(OUTBOX, startingWith('message/'));
    return [...new Set(rows.map(({ record }) => record.conversationId))];
  }

  private async waiting(conversationId: string): Promise<Queued[]> {
    const rows = await this.account.store.scan(OUTBOX, startingWith(outboxKey(conversationId, '')));
    return rows.filter(({ record }) => record.refused === undefined);
  }

  private async deliver(conversationId: string, key: string): Promise<void> {
    for (let epochs = 0; epochs < MOST_EPOCHS; epochs++) {
      const sealed = await this.sealed(conversationId, key);
      // Nothing to send with yet, or it stands in the log by now.
      if (sealed === undefined) return;
      try {
        await this.send(sealed);
        return;
      } catch (error) {
        if (isRefusal(error, 'stale_epoch')) await this.sending.sync.pull(conversationId);
        else if (isRefusal(error, 'removal_pending')) await this.sending.tender.tend(conversationId);
        else if (isRefusal(error, ...FINAL)) return this.giveUp(conversationId, key, error.code);
        else throw error;
        await this.unseal(conversationId, key);
      }
    }
  }

  /** Encrypts a message, unless it was before. */
  private sealed(conversationId: string, key: string): Promise<OutboxRecord | undefined> {
    return this.lanes.run(conversationId, async () => {
      const queued = await this.account.store.get(OUTBOX, key);
      const stored = await this.account.store.get(CONVERSATIONS, conversationId);
      const group = await this.shelf.get(conversationId);
      if (queued === undefined || stored === undefined || group === undefined) return undefined;
      // Until it is known what is left of the conversation, and who is in it.
      if (stored.record.restoration !== undefined) return undefined;
      const { ciphertext } = queued.record;
      // What an earlier version has sealed, the relay takes no more.
      if (ciphertext !== undefined && isFrankedMessage(ciphertext)) return queued.record;
      for (const accountId of othersIn(group, this.account.accountId))
        await this.sending.peers.assertSendable(accountId);
      return this.seal(queued, stored, group);
    });
  }

  private async seal(queued: Queued, stored: StoredRecord<ConversationRecord>, group: MlsGroup): Promise<OutboxRecord> {
    const { store, engine, accountId, deviceId } = this.account;
    const { conversationId, id, content } = queued.record;
    const place = { conversationId, messageId: id, senderAccountId: accountId, senderDeviceId: deviceId };
    const { frame, context } = frankedContent(place, content);
    const { message, group: next, spent } = await engine.encrypt(group, pad(frame), context);
    const shelving = await this.shelf.shelve(conversationId, next);
    const record: OutboxRecord = { ...queued.record, ciphertext: message };
    const sentSinceUpdate = stored.record.sentSinceUpdate + 1;
    await store.write({
      put: [
        OUTBOX.put(queued.key, record, queued.version),
        CONVERSATIONS.put(conversationId, { ...stored.record, sentSinceUpdate }, stored.version),
        ...(shelving.batch.put ?? []),
      ],
      delete: shelving.batch.delete ?? [],
    });
    shelving.landed();
    forget(spent);
    return record;
  }

  private async send({ conversationId, id, content, ciphertext }: OutboxRecord): Promise<void> {
    if (ciphertext === undefined) throw new Error('a message is sent before it is sealed');
    const { accountId, username, deviceId, relay } = this.account;
    const expiresIn = lifetimeOf(content);
    const body = { id, ciphertext: encodeBase64Url(ciphertext), ...(expiresIn !== undefined && { expiresIn }) };
    const { seq, createdAt } = await relay.call((api) =>
      api.POST('/v1/conversations/{conversationId}/messages', { params: { path: { conversationId } }, body }),
    );
    const own = { senderId: accountId, sender: username, senderDeviceId: deviceId };
    // Nobody pushes it to this device: it knows already.
    await this.sending.sync.take(conversationId, { conversationId, seq, id, kind: 'message', createdAt, ...own });
  }

  /** It will be encrypted anew. */
  private async unseal(conversationId: string, key: string): Promise<void> {
    await this.change(conversationId, key, (record) => ({ ...record, ciphertext: undefined }));
  }

  private async giveUp(conversationId: string, key: string, code: string): Promise<void> {
    const record = await this.change(conversationId, key, (before) => ({ ...before, refused: code }));
    if (record !== undefined) this.events.tell([{ kind: 'refused', conversationId, id: record.id, code }]);
  }

  private change(
    conversationId: string,
    key: string,
    change: (record: OutboxRecord) => OutboxRecord,
  ): Promise<OutboxRecord | undefined> {
    return this.lanes.run(conversationId, async () => {
      const queued = await this.account.store.get(OUTBOX, key);
      if (queued === undefined) return undefined;
      const record = change(queued.record);
      await this.account.store.write({ put: [OUTBOX.put(key, record, queued.version)] });
      return record;
    });
  }
}

/** Whose devices are in the group, beside one's own. */
function othersIn(group: MlsGroup, own: string): Set<string> {
  const accounts = new Set(group.members().map(({ identity }) => identity.accountId));
  accounts.delete(own);
  return accounts;
}
