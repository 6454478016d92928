import { encodeBase64Url, MAX_FRANKED_BYTES } from '#crypto';
import { type AttachmentContent, decodeContent, encodeContent } from '#protocol';
import { GroupError } from '../groups/groups.errors.js';
import type { MessageQueue } from '../messages/message-queue.js';
import type { MessageRecord } from '../messages/message-record.js';
import type { Messages } from '../messages/messages.js';
import type { Retries } from '../relay/retries.js';
import type { AttachmentFile, OnProgress } from './attachment-file.js';
import { AttachmentError } from './attachments.errors.js';
import { downloaded } from './download.js';
import type { RelayBlobs } from './relay-blobs.js';
import type { AboutFile } from './upload-record.js';
import type { Uploads } from './uploads.js';

/** What is said of a file, and how its way is watched. */
export interface SendFileOptions {
  /** As people see it: one line, at most 255 characters. */
  readonly name: string;
  /** `image/png`; parameters are left out, and what is none is `application/octet-stream`. */
  readonly type?: string;
  readonly caption?: string;
  /** A small JPEG of at most 16 KiB, to be shown before the file is fetched. */
  readonly thumbnail?: Uint8Array;
  /** Of a picture or a film, in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Of a sound or a film. */
  readonly durationMs?: number;
  /** In seconds; the conversation's, if left out. */
  readonly expiresIn?: number;
  /** Cancels it: the relay deletes what it has. */
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** How an upload that is gone on with is watched. */
export type ResumeOptions = Pick<SendFileOptions, 'signal' | 'onProgress'>;

/** An upload that was broken off. */
export interface UnfinishedUpload {
  readonly id: string;
  readonly conversationId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly startedAtMs: number;
}

/** A message about a file. */
export type FileMessage = MessageRecord & { readonly content: AttachmentContent };

/** So many messages are looked through at a time. */
const LOOKED_THROUGH = 200;

interface AttachmentParts {
  readonly blobs: RelayBlobs;
  readonly retries: Retries;
  readonly uploads: Uploads;
  readonly queue: MessageQueue;
  readonly messages: Pick<Messages, 'get' | 'history'>;
  /** Aborted when the account is locked. */
  readonly locked: AbortSignal;
}

/** Files in conversations, encrypted here piece by piece: at no time is more than a few mebibytes of one in memory. */
export class Attachments {
  constructor(private readonly parts: AttachmentParts) {}

  /**
   * Encrypts a file, brings it to the relay, and then sends the message about it. While the relay is out of reach it waits, and
   * goes on where it was. What is broken off by the end of the app is among {@link unfinished} after the next start.
   *
   * @returns the id of the message, which leaves as `messages.send` says. @throws {GroupError} `unknown_conversation`, and `locked`
   * when the account is locked meanwhile. @throws {AttachmentError} `invalid_attachment`, `file_changed`. @throws {RelayRefusal} when
   * the relay will not have it, as one that is too large. @throws the signal's reason.
   *
   * @example
   * const file = await fileAt('holidays.jpg');
   * await sealpost.attachments.send(chat.id, file, { name: 'holidays.jpg', type: 'image/jpeg' });
   */
  async send(conversationId: string, file: AttachmentFile, options: SendFileOptions): Promise<string> {
    const { signal, onProgress } = options;
    signal?.throwIfAborted();
    const lifetimeSeconds = await this.parts.queue.lifetime(conversationId);
    const about = aboutFile(file.size, options, lifetimeSeconds);
    const begin = () => this.parts.uploads.begin(conversationId, about, { file, signal, onProgress });
    return this.unlessLocked(begin, signal);
  }

  /** Uploads that were broken off, of all conversations: {@link resume} them, or {@link discard} them. Oldest first. */
  async unfinished(): Promise<UnfinishedUpload[]> {
    const found = await this.parts.uploads.unfinished();
    return found.map(([id, { conversationId, about, startedAtMs }]) => {
      const { name, mediaType, bytes } = about;
      return { id, conversationId, name, mediaType, bytes, startedAtMs };
    });
  }

  /**
   * Goes on with an upload, with the very same file. What the relay has of it is read once more, and does not leave again. As
   * {@link send}.
   *
   * @throws {AttachmentError} `unknown_upload`; `file_changed` for another file: the upload stays as it is.
   *
   * @example
   * const [upload] = await sealpost.attachments.unfinished();
   * if (upload !== undefined) await sealpost.attachments.resume(upload.id, await fileAt('holidays.jpg'));
   */
  async resume(uploadId: string, file: AttachmentFile, options: ResumeOptions = {}): Promise<string> {
    return this.unlessLocked(() => this.parts.uploads.resume(uploadId, { file, ...options }), options.signal);
  }

  /** Forgets an upload that was broken off; the relay deletes what it has of it. @throws {AttachmentError} `unknown_upload` */
  async discard(uploadId: string): Promise<void> {
    await this.parts.uploads.discard(uploadId);
  }

  /**
   * The file of a message, piece by piece and in order: each is the sender's once it comes, and all are once the last one has come
   * without an error. While the relay is out of reach it waits, and goes on where it was.
   *
   * @throws {GroupError} `unknown_message`, and `locked` when the account is locked meanwhile. @throws {AttachmentError}
   * `not_an_attachment`, `attachment_gone`, `attachment_not_authentic`. @throws the signal's reason.
   *
   * @example
   * const pieces: Uint8Array[] = [];
   * for await (const piece of sealpost.attachments.open(chat.id, message.id)) pieces.push(piece);
   */
  async *open(
    conversationId: string,
    messageId: string,
    { signal, onProgress }: ResumeOptions = {},
  ): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
    const { messages, blobs, retries, locked } = this.parts;
    const message = await messages.get(conversationId, messageId);
    if (message === undefined) throw new GroupError('unknown_message', 'There is no such message on this device.');
    if (message.content?.kind !== 'attachment')
      throw new AttachmentError('not_an_attachment', 'This message is about no file.');
    const ending = signal === undefined ? locked : AbortSignal.any([signal, locked]);
    const pieces = downloaded(message.content, { blobs, retries, onProgress, signal: ending });
    try {
      yield* pieces;
    } catch (error) {
      throw this.orLocked(error, signal);
    }
  }

  /**
   * The files of a conversation, newest first, as far back as somebody asks for the next one.
   *
   * @example
   * for await (const { content } of sealpost.attachments.list(chat.id)) console.log(content.name, content.bytes);
   */
  async *list(conversationId: string): AsyncGenerator<FileMessage, void> {
    for (let before: number | undefined, isMore = true; isMore;) {
      const page = await this.parts.messages.history(conversationId, {
        limit: LOOKED_THROUGH,
        ...(before !== undefined && { before }),
      });
      yield* page.filter(isOfFile);
      before = page.at(-1)?.seq;
      isMore = page.length === LOOKED_THROUGH;
    }
  }

  private async unlessLocked<T>(work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.orLocked(error, signal);
    }
  }

  private orLocked(error: unknown, signal: AbortSignal | undefined): unknown {
    const isLocked = this.parts.locked.aborted && signal?.aborted !== true;
    return isLocked ? new GroupError('locked', 'The account is not open any more.') : error;
  }
}

function isOfFile(record: MessageRecord): record is FileMessage {
  return record.content?.kind === 'attachment';
}

const MEDIA_TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/u;

function mediaTypeOf(type = ''): string {
  const [essence = ''] = type.split(';');
  return MEDIA_TYPE.test(essence.trim()) ? essence.trim() : 'application/octet-stream';
}

/** @throws {AttachmentError} `invalid_attachment` for what no client would read: before anything leaves. */
function aboutFile(
  bytes: number,
  { name, type, thumbnail, caption, width, height, durationMs, ...options }: SendFileOptions,
  lifetimeSeconds: number | null | undefined,
): AboutFile {
  const expiresIn = options.expiresIn ?? lifetimeSeconds ?? undefined;
  const known = Object.entries({ caption, width, height, durationMs, expiresIn }).filter(
    ([, value]) => value !== undefined,
  );
  const about: AboutFile = {
    kind: 'attachment',
    name,
    mediaType: mediaTypeOf(type),
    bytes,
    ...(thumbnail && { thumbnail: encodeBase64Url(thumbnail) }),
    ...Object.fromEntries(known),
  };
  const written = encodeContent({ ...about, ...ANYWHERE });
  if (written.length > MAX_FRANKED_BYTES || decodeContent(written).kind === 'unreadable')
    throw new AttachmentError('invalid_attachment', 'What is said of the file is out of bounds.');
  return about;
}

/** Where a file could lie: as long as where it will. */
const ANYWHERE: Pick<AttachmentContent, 'attachmentId' | 'key' | 'sha256'> = {
  attachmentId: '00000000-0000-4000-8000-000000000000',
  key: 'A'.repeat(43),
  sha256: 'A'.repeat(43),
};
