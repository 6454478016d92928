import type { OpenAccount } from '../account/open-account.js';
import { AccountError } from '../account/account.errors.js';
import type { Bytes } from '#crypto';
import { UUID_PATTERN } from '#protocol';
import type { ConversationBook } from '../conversations/conversation-book.js';
import type { BatchTaker } from '../history/batch-taker.js';
import {
  archived,
  type ArchivedMessage,
  decodeBatch,
  encodeBatch,
  type HistoryBatch,
  sizeOf,
} from '../history/history-batch.js';
import { MESSAGES } from '../messages/message-record.js';
import type { PeerDirectory } from '../peers/peer-directory.js';
import { z } from '../shapes.js';
import { everyRow, startingWith } from '../store/store.js';
import type { EventHub } from '../sync/events.js';
import type { Synchronizer } from '../sync/synchronizer.js';
import { ExportReader, ExportWriter, notAnExport } from './export-file.js';
import { type NextPiece, PieceReader } from './piece-reader.js';

/** About so much is read and sealed at a time. */
const BATCH_BYTES = 64 * 1024;
const VERSION = 1;

const ownerShape = z.object({
  v: z.literal(VERSION),
  accountId: z.string().regex(new RegExp(UUID_PATTERN)),
  username: z.string(),
  exportedAtMs: z.int().min(0),
});

interface BackupParts {
  readonly account: OpenAccount;
  readonly book: ConversationBook;
  readonly peers: PeerDirectory;
  readonly events: EventHub;
  readonly sync: Synchronizer;
  readonly taker: BatchTaker;
  readonly nowMs: () => number;
}

/** What an import has brought. */
export interface ImportResult {
  /** Conversations in which something can be read that could not before. */
  readonly conversations: number;
  /** Conversations of the file that the relay no longer shows to this account: their messages have no place to stand in. */
  readonly missing: number;
  /** When the file was made. */
  readonly exportedAtMs: number;
}

/** Everything that can be read on this device, as one encrypted file, and back. */
export class Backup {
  constructor(private readonly parts: BackupParts) {}

  /**
   * All messages that can be read here, and whose keys were compared, as a file under a passphrase, piece by piece. What has a life
   * is not in it: nothing could delete it there.
   *
   * @example
   * const pieces: Uint8Array[] = [];
   * for await (const piece of sealpost.backup.export(passphrase)) pieces.push(piece);
   */
  async *export(passphrase: string): AsyncGenerator<Uint8Array> {
    const { account, book, peers, nowMs } = this.parts;
    const writer = await ExportWriter.begin(passphrase);
    yield writer.header;
    const { accountId, username } = account;
    yield writer.part(json({ v: VERSION, accountId, username, exportedAtMs: nowMs() }));
    for (const conversationId of (await book.all()).keys())
      for await (const messages of this.batchesOf(conversationId))
        yield writer.part(encodeBatch({ conversations: [{ id: conversationId, messages }], contacts: [] }));
    yield writer.part(encodeBatch({ conversations: [], contacts: await peers.export() }), { isLast: true });
  }

  /**
   * Takes over what an export of this account has and this device cannot read, as after signing in anew: at the places where the
   * relay's log says that it stood. What is here stays as it is, so the same file may be read again.
   *
   * @param next gives the next piece of the file, of any size; undefined at its end.
   * @throws {AccountError} `not_an_export`, `wrong_passphrase`, `export_of_another_account`. @throws {RelayUnreachableError} What was
   * taken over until then stays.
   *
   * @example
   * const pieces = file.stream().getReader();
   * await sealpost.backup.import(passphrase, async () => (await pieces.read()).value);
   */
  async import(passphrase: string, next: NextPiece): Promise<ImportResult> {
    const reader = await ExportReader.begin(passphrase, new PieceReader(next));
    const [taken, missing] = [new Set<string>(), new Set<string>()];
    let exportedAtMs: number | undefined;
    for await (const part of reader.parts()) {
      if (exportedAtMs === undefined) {
        exportedAtMs = this.checkedOwner(part).exportedAtMs;
        await this.parts.sync.syncAll();
        continue;
      }
      const { known, others } = await this.sorted(part);
      for (const conversationId of await this.parts.taker.take(known)) taken.add(conversationId);
      for (const { id } of others) missing.add(id);
    }
    if (taken.size > 0) this.parts.events.tell([{ kind: 'history', conversationIds: [...taken], isComplete: true }]);
    return { conversations: taken.size, missing: missing.size, exportedAtMs: exportedAtMs ?? 0 };
  }

  private async *batchesOf(conversationId: string): AsyncGenerator<ArchivedMessage[]> {
    const { store } = this.parts.account;
    let batch: ArchivedMessage[] = [];
    let bytes = 0;
    for await (const { record } of everyRow(
      (range) => store.scan(MESSAGES, range),
      startingWith(`${conversationId}/`),
    )) {
      const message = archived(record);
      if (message === undefined) continue;
      batch.push(message);
      bytes += sizeOf(message);
      if (bytes < BATCH_BYTES) continue;
      yield batch;
      [batch, bytes] = [[], 0];
    }
    if (batch.length > 0) yield batch;
  }

  private checkedOwner(part: Bytes): z.output<typeof ownerShape> {
    const { data } = ownerShape.safeParse(parsed(part));
    if (data === undefined) throw notAnExport();
    if (data.accountId !== this.parts.account.accountId)
      throw new AccountError('export_of_another_account', 'This is an export of another account.');
    return data;
  }

  /** What there is a log of here, in which it could stand, and other conversations. */
  private async sorted(part: Bytes): Promise<{ known: HistoryBatch; others: HistoryBatch['conversations'] }> {
    const batch = decodeBatch(part);
    if (batch === undefined) throw notAnExport();
    const known: HistoryBatch['conversations'][number][] = [];
    const others: typeof known = [];
    for (const conversation of batch.conversations)
      ((await this.parts.book.get(conversation.id)) === undefined ? others : known).push(conversation);
    return { known: { ...batch, conversations: known }, others };
  }
}

function json(value: object): Bytes {
  return new TextEncoder().encode(JSON.stringify(value));
}

function parsed(bytes: Bytes): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
