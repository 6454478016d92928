import type { SdkEvent } from '#sdk';
import { errorCode } from '../client/error-code.js';
import type { Client } from '../client/open-client.js';
import { Observable } from '../state/observable.js';
import { saveBlob } from '../ui/save-blob.js';
import { type Pieces, saveAs } from './save-as.js';
import { shownAs, shownName } from './shown-as.js';

/** How far a file has come that somebody wants to see or to have. */
export type OpenedFile =
  | { readonly state: 'coming'; readonly done: number; readonly bytes: number }
  | { readonly state: 'open'; readonly url: string; readonly blob: Blob }
  | { readonly state: 'failed'; readonly code: string };

/** The message of a file. */
export interface FilePlace {
  readonly conversationId: string;
  readonly messageId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** What is larger is not opened in the page: it can be saved, and is not kept in memory meanwhile. */
export const MOST_SHOWN_BYTES = 256 * 1024 ** 2;
/** So much of what was opened stays open; what was opened first goes first. */
const MOST_OPEN_BYTES = 384 * 1024 ** 2;

/** Files that were fetched and decrypted, as long as the app is open: none of them is stored by it. */
export class OpenedFiles {
  /** By message, in the order in which they were asked for. */
  readonly files = new Observable<ReadonlyMap<string, OpenedFile>>(new Map());
  private readonly comings = new Map<string, AbortController>();

  constructor(private readonly client: Client) {}

  /** Fetches it, to be shown here. */
  async open(place: FilePlace): Promise<void> {
    await this.fetch(place, async (pieces) => {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for await (const piece of pieces) parts.push(piece);
      // As one of the types that are shown, and no other: a page of this address would be one of the app.
      const type = shownAs(place.mediaType) === undefined ? 'application/octet-stream' : place.mediaType;
      return new Blob(parts, { type });
    });
  }

  /** Fetches it to where somebody wants to have it. */
  async save(place: FilePlace): Promise<void> {
    const file = this.files.get().get(place.messageId);
    if (file?.state === 'open') {
      saveBlob(new Blob([file.blob], { type: 'application/octet-stream' }), shownName(place.name));
      return;
    }
    const target = await saveAs(place);
    if (target === undefined) return;
    await this.fetch(place, async (pieces) => {
      await target(pieces);
      return undefined;
    });
  }

  cancel(messageId: string): void {
    this.comings.get(messageId)?.abort();
  }

  /** Of what was deleted or has expired nothing stays. */
  hear(event: SdkEvent): void {
    if (event.kind === 'expired' && event.id !== null) this.drop(event.id);
    if (event.kind === 'changed' && event.message.content === null && event.message.id !== null)
      this.drop(event.message.id);
  }

  stop(): void {
    for (const messageId of [...this.comings.keys(), ...this.files.get().keys()]) this.drop(messageId);
  }

  /** @param take gives what is to be shown, and nothing of what was saved. */
  private async fetch(place: FilePlace, take: (pieces: Pieces) => Promise<Blob | undefined>): Promise<void> {
    const { conversationId, messageId, bytes } = place;
    if (this.comings.has(messageId) || this.files.get().get(messageId)?.state === 'open') return;
    const coming = new AbortController();
    const { signal } = coming;
    this.comings.set(messageId, coming);
    this.put(messageId, { state: 'coming', done: 0, bytes });
    const onProgress = ({ done }: { readonly done: number }): void => {
      if (!signal.aborted) this.put(messageId, { state: 'coming', done, bytes });
    };
    try {
      const blob = await take(this.client.attachments.open(conversationId, messageId, { signal, onProgress }));
      if (blob === undefined || signal.aborted) this.drop(messageId);
      else this.put(messageId, { state: 'open', url: URL.createObjectURL(blob), blob });
    } catch (error) {
      if (signal.aborted) this.drop(messageId);
      else this.put(messageId, { state: 'failed', code: errorCode(error) });
    } finally {
      this.comings.delete(messageId);
    }
    this.makeRoom(messageId);
  }

  private put(messageId: string, file: OpenedFile): void {
    const others = [...this.files.get()].filter(([id]) => id !== messageId);
    this.files.set(new Map([...others, [messageId, file]]));
  }

  private drop(messageId: string): void {
    this.cancel(messageId);
    const file = this.files.get().get(messageId);
    if (file?.state === 'open') URL.revokeObjectURL(file.url);
    this.files.set(new Map([...this.files.get()].filter(([id]) => id !== messageId)));
  }

  private makeRoom(newest: string): void {
    const open = [...this.files.get()].flatMap(([id, file]) =>
      file.state === 'open' ? [{ id, bytes: file.blob.size }] : [],
    );
    let bytes = open.reduce((sum, file) => sum + file.bytes, 0);
    for (const file of open) {
      if (bytes <= MOST_OPEN_BYTES) return;
      if (file.id === newest) continue;
      bytes -= file.bytes;
      this.drop(file.id);
    }
  }
}
