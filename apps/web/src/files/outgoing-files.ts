import { fileOf } from '#sdk/browser';
import { errorCode, unlessGone } from '../client/error-code.js';
import type { Client } from '../client/open-client.js';
import { Observable } from '../state/observable.js';
import { isPhoto, plainPhoto } from '../photos/plain-photo.js';
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

/** How somebody wants a file to be sent. */
interface SendOptions {
  readonly words?: FileWords;
  /** Without what a camera has written into it. */
  readonly isPlain?: boolean;
}

interface Sending {
  readonly file: File;
  readonly words: FileWords;
  readonly isPlain: boolean;
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

  send(conversationId: string, file: File, { words = {}, isPlain = false }: SendOptions = {}): void {
    const key = `file ${String(++this.sent)}`;
    this.sendings.set(key, { file, words, isPlain, cancelling: new AbortController() });
    const { name, size: bytes } = file;
    this.list.set([...this.list.get(), { key, conversationId, name, bytes, done: 0, needsFile: false }]);
    this.queue(key);
  }

  /** @param file where it was begun before the app was opened: the very same one. */
  retry(key: string, file?: File): void {
    const before = this.sendings.get(key);
    const given = file ?? before?.file;
    if (given === undefined) return;
    const { words, isPlain } = before ?? { words: {}, isPlain: false };
    this.sendings.set(key, { file: given, words, isPlain, cancelling: new AbortController() });
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

  private async give(key: string, { file, words, isPlain, cancelling: { signal } }: Sending): Promise<void> {
    const { conversationId, uploadId, bytes } = this.found(key) ?? {};
    if (conversationId === undefined) return;
    const watched = { signal, onProgress: ({ done }: { readonly done: number }) => this.change(key, { done }) };
    const { attachments } = this.client;
    if (uploadId !== undefined) {
      await attachments.resume(uploadId, fileOf(await asBegun(file, bytes)), watched);
      return;
    }
    const given = isPlain ? await plainPhoto(file) : file;
    this.change(key, { bytes: given.size });
    const { name, type } = given;
    const look = await lookOf(given);
    await attachments.send(conversationId, fileOf(given), { name, type, ...look, ...words, ...watched });
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

/** An upload goes on with the bytes that it began with: those of a photo may have been fewer than its file has. */
async function asBegun(file: File, bytes: number | undefined): Promise<File> {
  if (file.size === bytes || !isPhoto(file.type)) return file;
  const plain = await plainPhoto(file).catch(() => file);
  return plain.size === bytes ? plain : file;
}
