import { fileOf } from '#sdk/browser';
import { errorCode, unlessGone } from '../client/error-code.js';
import type { Client } from '../client/open-client.js';
import { Observable } from '../state/observable.js';
import { lookOf } from './file-look.js';

/** A file on its way. */
export interface OutgoingFile {
  readonly key: string;
  readonly conversationId: string;
  readonly name: string;
  readonly bytes: number;
  /** So many of them are there. */
  readonly done: number;
  /** The code of what has stopped it. */
  readonly problem?: string;
  /** The upload at the SDK that it goes on with, where one was broken off. */
  readonly uploadId?: string;
  /** It was begun before the app was opened: only its file can go on with it. */
  readonly needsFile: boolean;
}

/** What is said of a file that somebody sends. */
export interface FileWords {
  readonly caption?: string;
  /** Known of what was recorded here, and not told by the file. */
  readonly durationMs?: number;
}

interface Sending {
  readonly file: File;
  readonly words: FileWords;
  readonly cancelling: AbortController;
}

/** Files on their way, of all conversations; they go on whatever chat is shown. In one conversation they leave in order. */
export class OutgoingFiles {
  readonly list = new Observable<readonly OutgoingFile[]>([]);
  private readonly sendings = new Map<string, Sending>();
  /** The last one of each conversation. */
  private readonly lanes = new Map<string, Promise<void>>();
  private sent = 0;
  private isStopped = false;

  constructor(private readonly client: Client) {}

  /** Finds what was broken off when the app was closed. */
  async start(): Promise<void> {
    await unlessGone(this.readBrokenOff());
  }

  /** Nothing is shown any more. The SDK keeps what it needs to go on later. */
  stop(): void {
    this.isStopped = true;
    this.list.set([]);
    this.sendings.clear();
  }

  send(conversationId: string, file: File, words: FileWords = {}): void {
    const key = `file ${String(++this.sent)}`;
    this.sendings.set(key, { file, words, cancelling: new AbortController() });
    const { name, size: bytes } = file;
    this.list.set([...this.list.get(), { key, conversationId, name, bytes, done: 0, needsFile: false }]);
    this.queue(key);
  }

  /** @param file where it was begun before the app was opened: the very same one. */
  retry(key: string, file?: File): void {
    const before = this.sendings.get(key);
    const given = file ?? before?.file;
    if (given === undefined) return;
    this.sendings.set(key, { file: given, words: before?.words ?? {}, cancelling: new AbortController() });
    this.change(key, { needsFile: false });
    this.queue(key);
  }

  /** Gives it up; the relay deletes what it has of it. */
  async cancel(key: string): Promise<void> {
    this.sendings.get(key)?.cancelling.abort();
    const { uploadId } = this.found(key) ?? {};
    this.drop(key);
    if (uploadId !== undefined) await unlessGone(this.client.attachments.discard(uploadId));
  }

  private queue(key: string): void {
    const { conversationId } = this.found(key) ?? {};
    if (conversationId === undefined) return;
    const before = this.lanes.get(conversationId) ?? Promise.resolve();
    this.lanes.set(
      conversationId,
      before.then(() => this.carryOut(key)),
    );
  }

  /** Never fails: what stops a file stands beside it. */
  private async carryOut(key: string): Promise<void> {
    const sending = this.sendings.get(key);
    if (sending === undefined) return;
    try {
      await this.give(key, sending);
      this.drop(key);
    } catch (error) {
      if (!this.isStopped && !sending.cancelling.signal.aborted) await this.note(key, errorCode(error));
    }
  }

  private async give(key: string, { file, words, cancelling: { signal } }: Sending): Promise<void> {
    const { conversationId, uploadId } = this.found(key) ?? {};
    if (conversationId === undefined) return;
    const watched = { signal, onProgress: ({ done }: { readonly done: number }) => this.change(key, { done }) };
    const { attachments } = this.client;
    if (uploadId !== undefined) {
      await attachments.resume(uploadId, fileOf(file), watched);
      return;
    }
    const { name, type } = file;
    const look = await lookOf(file);
    await attachments.send(conversationId, fileOf(file), { name, type, ...look, ...words, ...watched });
  }

  /** What is at the relay already does not leave again. */
  private async note(key: string, problem: string): Promise<void> {
    const file = this.found(key);
    if (file === undefined) return;
    const known = new Set(this.list.get().map(({ uploadId }) => uploadId));
    const uploads = await this.client.attachments.unfinished().catch(() => []);
    const own = uploads.findLast(
      ({ id, conversationId, name, bytes }) =>
        !known.has(id) && conversationId === file.conversationId && name === file.name && bytes === file.bytes,
    );
    const needsFile = problem === 'file_changed';
    this.change(key, { problem, needsFile, ...(own !== undefined && { uploadId: own.id }) });
  }

  private async readBrokenOff(): Promise<void> {
    const uploads = await this.client.attachments.unfinished();
    if (this.isStopped) return;
    const brokenOff = uploads.map(({ id, conversationId, name, bytes }): OutgoingFile => ({
      key: id,
      uploadId: id,
      conversationId,
      name,
      bytes,
      done: 0,
      needsFile: true,
    }));
    this.list.set([...brokenOff, ...this.list.get()]);
  }

  private found(key: string): OutgoingFile | undefined {
    return this.list.get().find((file) => file.key === key);
  }

  /** What had stopped it is over with any change. */
  private change(key: string, change: Partial<OutgoingFile>): void {
    const changed = ({ problem: _, ...file }: OutgoingFile): OutgoingFile => ({ ...file, ...change });
    this.list.set(this.list.get().map((file) => (file.key === key ? changed(file) : file)));
  }

  private drop(key: string): void {
    this.sendings.delete(key);
    this.list.set(this.list.get().filter((file) => file.key !== key));
  }
}
