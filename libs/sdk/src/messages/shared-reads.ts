import type { OpenAccount } from '../account/open-account.js';
import { mergeIntoVault } from '../account/vault-merge.js';
import type { ConversationBook } from '../conversations/conversation-book.js';
import { z } from '../shapes.js';
import { compactCodec } from '../store/codec.js';
import type { Receipts } from './receipts.js';

/** The vault's blob. */
const NAME = 'read';
/** A blob holds 64 KiB, and a conversation takes sixty bytes. Once it is full, each device counts for itself in further ones. */
const MOST_SHARED = 1_000;

const shape = z.object({ form: z.literal(1), reads: z.array(z.tuple([z.uuid(), z.int().positive()])) });
const codec = compactCodec((stored) => shape.parse(stored));

/** Brings to all devices of the account how far it has read where others are not to know, by its vault. */
export class SharedReads {
  constructor(
    private readonly account: OpenAccount,
    private readonly book: ConversationBook,
    private readonly receipts: Receipts,
  ) {}

  /** Takes over what other devices have read, and adds what was read on this one. @throws as `VaultClient` does. */
  async share(): Promise<void> {
    await mergeIntoVault(this.account.vault, NAME, async (blob) => {
      const known = new Map(blob === undefined ? [] : codec.decode(blob).reads);
      for (const [conversationId, upTo] of known) await this.receipts.readElsewhere(conversationId, upTo);
      const reads = new Map(known);
      for (const [conversationId, record] of await this.book.all()) {
        const upTo = Math.max(record.readUpTo ?? 0, known.get(conversationId) ?? 0);
        const hasRoom = known.has(conversationId) || reads.size < MOST_SHARED;
        if (upTo > 0 && hasRoom && this.receipts.isPrivate(record)) reads.set(conversationId, upTo);
      }
      const isNews = [...reads].some(([conversationId, upTo]) => known.get(conversationId) !== upTo);
      return isNews ? codec.encode({ form: 1, reads: [...reads] }) : undefined;
    });
  }
}
