import type { AttachmentContent } from '#protocol';
import { newConversation } from '../conversations/conversation-record.js';
import { MessageQueue } from '../messages/message-queue.js';
import type { MessageRecord } from '../messages/message-record.js';
import { Backoff } from '../relay/backoff.js';
import { Retries } from '../relay/retries.js';
import { MemoryDisk, MemoryStore } from '../store/memory-store.js';
import { SealedStore } from '../store/sealed-store.js';
import type { AttachmentFile } from './attachment-file.js';
import { Attachments } from './attachments.js';
import { BlobRemovals } from './blob-removals.js';
import type { BlobRelay } from './blob-relay.fixture.js';
import { RelayBlobs } from './relay-blobs.js';
import { Uploads } from './uploads.js';

export const CHAT = 'b58c0f5e-1111-4222-8333-944445555666';
const NOW_MS = 1_000_000;
const known = { kind: 'direct', cursor: 0, standing: 'joined', members: [], believedUntil: 0 } as const;

/** A file in which no two chunks are alike. */
export function fileOf(bytes: number, first = 0): AttachmentFile & { readonly bytes: Uint8Array } {
  const all = Uint8Array.from({ length: bytes }, (_none, n) => (first + n) % 251);
  return { bytes: all, size: bytes, slice: (from, to) => Promise.resolve(all.subarray(from, to)) };
}

/** What of a device works on files, with a clock that nobody waits for. */
export class SendingDevice {
  readonly disk = new MemoryDisk();
  private readonly wrapKey = crypto.getRandomValues(new Uint8Array(32));
  lifetimeSeconds: number | null = null;
  removalsAsked = 0;
  /** What stands in the conversation, by id. */
  readonly log = new Map<string, MessageRecord>();
  private locking = new AbortController();
  store!: SealedStore;
  attachments!: Attachments;
  uploads!: Uploads;
  removals!: BlobRemovals;
  retries!: Retries;
  private queue!: MessageQueue;

  constructor(private readonly relay: BlobRelay) {}

  async start(): Promise<this> {
    const { wrapKey } = this;
    this.store = await SealedStore.open(await MemoryStore.open(this.disk), { accountId: 'a', deviceId: 'd', wrapKey });
    this.locking = new AbortController();
    this.retries = new Retries(() => new Backoff({ wait: () => Promise.resolve() }));
    const blobs = new RelayBlobs(this.relay.client());
    const record = { ...newConversation(known, NOW_MS), lifetimeSeconds: this.lifetimeSeconds };
    const book = { get: (id: string) => Promise.resolve(id === CHAT ? record : undefined) };
    const account = { store: this.store };
    const nowMs = (): number => NOW_MS;
    const queue = new MessageQueue({ account, book, nowMs, queued: () => undefined });
    const parts = { blobs, retries: this.retries, queue, locked: this.locking.signal };
    this.uploads = new Uploads({ ...parts, account, nowMs, onRemoval: () => this.removalsAsked++ });
    const messages = {
      get: (_chat: string, id: string) => Promise.resolve(this.log.get(id)),
      history: () => Promise.resolve([...this.log.values()].reverse()),
    };
    this.attachments = new Attachments({ ...parts, uploads: this.uploads, messages });
    this.removals = new BlobRemovals(account, blobs);
    this.queue = queue;
    return this;
  }

  /** As an account is locked, or an app ends. */
  async stop(): Promise<void> {
    this.locking.abort();
    await this.uploads.stopped();
    await this.store.close();
  }

  /** What waits to be sent, oldest first. */
  async queued(): Promise<AttachmentContent[]> {
    const waiting = await this.queue.waiting(CHAT);
    return waiting.flatMap(({ record: { content } }) => (content.kind === 'attachment' ? [content] : []));
  }

  /** As when the message stands in the log. */
  receives(content: MessageRecord['content'], id = 'message'): string {
    const sender = { senderAccountId: 'a', senderDeviceId: 'd' };
    this.log.set(id, { id, seq: 1, ...sender, sentAtMs: NOW_MS, content });
    return id;
  }

  async opened(id = 'message', options: Parameters<Attachments['open']>[2] = {}): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of this.attachments.open(CHAT, id, options)) pieces.push(piece);
    return Buffer.concat(pieces);
  }
}
