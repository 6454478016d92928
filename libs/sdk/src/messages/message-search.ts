import type { SealedBatch, SealedStore } from '../store/sealed-store.js';
import { everyRow } from '../store/store.js';
import { isOver } from './expiry-record.js';
import { type MessageRecord, MESSAGES } from './message-record.js';

/** So much of all texts is kept; an account with more is searched where it lies. */
const MOST_CHARS = 16 * 1024 * 1024;

/** A message, and where it stands. */
export type FoundMessage = MessageRecord & { readonly conversationId: string };

interface Text {
  /** In small letters. */
  readonly text: string;
  readonly sentAtMs: number;
}

/**
 * Finds messages by words. All texts are read and decrypted once and kept in memory as long as the account is open: an index on
 * the disk would tell of them.
 */
export class MessageSearch {
  /** By the key of their record. */
  private readonly texts = new Map<string, Text>();
  private chars = 0;
  private isTooMuch = false;
  private reading: Promise<void> | undefined;
  private unwatch: (() => void) | undefined;
  /** What was written while all is being read: that is newer. */
  private written: Set<string> | undefined;

  /** @param mostChars of texts that are kept in memory. */
  constructor(
    private readonly store: SealedStore,
    private readonly nowMs: () => number,
    private readonly mostChars = MOST_CHARS,
  ) {}

  /** Reads all texts, so that the searches to come answer at once; the first one does so itself. */
  async prepare(): Promise<void> {
    this.reading ??= this.read();
    await this.reading;
  }

  /** The newest first; where there is too much to keep, by conversation. */
  async *find(words: string): AsyncGenerator<FoundMessage> {
    const wanted = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    if (wanted.length === 0) return;
    await this.prepare();
    const isMeant = (text: string): boolean => wanted.every((word) => text.includes(word));
    for await (const { key, record } of this.isTooMuch ? this.allRows() : this.rowsOf(isMeant)) {
      if (isOver(record, this.nowMs()) || !isMeant(textOf(record))) continue;
      yield { ...record, conversationId: key.split('/').at(-2) ?? '' };
    }
  }

  private async read(): Promise<void> {
    this.unwatch = this.store.watch((batch) => this.take(batch));
    const written = (this.written = new Set());
    try {
      for await (const { key, record } of this.allRows()) {
        if (!written.has(key)) this.keep(key, record);
        if (this.isTooMuch) return;
      }
    } catch (error) {
      // Nothing of it is whole. The next search begins anew.
      this.letGo();
      this.reading = undefined;
      throw error;
    } finally {
      this.written = undefined;
    }
  }

  private take({ put = [], delete: deleted = [] }: SealedBatch): void {
    for (const { table, key, content } of put)
      if (table === MESSAGES.table) this.note(key, MESSAGES.codec.decode(content));
    for (const { table, key } of deleted) if (table === MESSAGES.table) this.note(key, undefined);
  }

  private note(key: string, record: MessageRecord | undefined): void {
    this.written?.add(key);
    this.drop(key);
    if (record !== undefined) this.keep(key, record);
  }

  private keep(key: string, record: MessageRecord): void {
    const text = textOf(record);
    if (text === '' || this.isTooMuch) return;
    this.texts.set(key, { text, sentAtMs: record.sentAtMs });
    this.chars += text.length;
    if (this.chars <= this.mostChars) return;
    this.isTooMuch = true;
    this.letGo();
  }

  private drop(key: string): void {
    this.chars -= this.texts.get(key)?.text.length ?? 0;
    this.texts.delete(key);
  }

  private letGo(): void {
    this.unwatch?.();
    this.chars = 0;
    this.texts.clear();
  }

  private allRows() {
    return everyRow((range) => this.store.scan(MESSAGES, range));
  }

  private async *rowsOf(isMeant: (text: string) => boolean) {
    const meant = [...this.texts].filter(([, { text }]) => isMeant(text));
    meant.sort(([, one], [, other]) => other.sentAtMs - one.sentAtMs);
    for (const [key] of meant) {
      const row = await this.store.get(MESSAGES, key);
      if (row !== undefined) yield row;
    }
  }
}

function textOf({ content }: MessageRecord): string {
  if (content?.kind === 'text') return content.text.toLocaleLowerCase();
  return content?.kind === 'attachment' ? `${content.name} ${content.caption ?? ''}`.toLocaleLowerCase() : '';
}
