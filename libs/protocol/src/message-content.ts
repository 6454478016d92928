import { canonicalBytes } from './canonical.js';
import { DURATIONS } from './durations.js';
import { LINE_PATTERN, UUID_PATTERN, UUID_V7_PATTERN } from './identifiers.js';
import { LIMITS } from './limits.js';

/** Of what {@link encodeContent} writes. A client shows what is of a later version as a message that it cannot read yet. */
const CONTENT_VERSION = 1;

/** What may be given a life. */
interface Lasting {
  /** In seconds, from when the relay has it; then all devices delete it. For good, if left out. */
  readonly expiresIn?: number;
}

/** What a person wrote. */
export interface TextContent extends Lasting {
  readonly kind: 'text';
  readonly text: string;
  /** Id of the message that is answered. */
  readonly replyTo?: string;
}

/** An emoji under a message; null takes it back. */
export interface ReactionContent extends Lasting {
  readonly kind: 'reaction';
  readonly to: string;
  readonly emoji: string | null;
}

/** The sender takes a message of their own back; clients erase it. */
export interface DeletionContent {
  readonly kind: 'deletion';
  readonly of: string;
}

/** A file: where its ciphertext lies, and what opens it. */
export interface AttachmentContent extends Lasting {
  readonly kind: 'attachment';
  readonly attachmentId: string;
  readonly name: string;
  /** As in RFC 9110 §8.3.1, `image/png`. */
  readonly mediaType: string;
  /** Of the file itself, before it was padded and encrypted. */
  readonly bytes: number;
  /** base64url of 32 bytes, made for this file alone. */
  readonly key: string;
  /** base64url of the SHA-256 of the ciphertext. */
  readonly sha256: string;
  readonly caption?: string;
  /** base64url of a small JPEG, to be shown before the file is fetched. */
  readonly thumbnail?: string;
  /** Of a picture or a film, in pixels. */
  readonly width?: number;
  readonly height?: number;
  /** Of a sound or a film. */
  readonly durationMs?: number;
}

/** How far the sender has read, for their own other devices. */
export interface ReadContent {
  readonly kind: 'read';
  readonly upTo: number;
}

/** What the conversation is called, for everybody in it; null when it has no title. Sent again to whoever comes in later. */
export interface TitleContent {
  readonly kind: 'title';
  readonly title: string | null;
}

/** The life of what is written in the conversation from now on; null for good. Sent again to whoever comes in later. */
export interface LifetimeContent {
  readonly kind: 'lifetime';
  readonly seconds: number | null;
}

/** What stands inside a message's ciphertext. */
export type MessageContent =
  TextContent | ReactionContent | DeletionContent | AttachmentContent | ReadContent | TitleContent | LifetimeContent;

/** What this client cannot show: of a later version, or no content at all. Neither may keep what comes after it waiting. */
export interface UnreadableContent {
  readonly kind: 'unreadable';
  readonly because: 'newer' | 'malformed';
}

/** Content as it is padded and encrypted: JSON in UTF-8, with its version as `v`. */
export function encodeContent(content: MessageContent): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify({ v: CONTENT_VERSION, ...content }));
}

/** Never throws: the bytes are somebody else's. Fields that are not known are passed over. */
export function decodeContent(bytes: Uint8Array): MessageContent | UnreadableContent {
  const written = parsed(bytes);
  if (written === undefined || !isPositive(written.v)) return { kind: 'unreadable', because: 'malformed' };
  const { v, kind } = written;
  if (v > CONTENT_VERSION || (typeof kind === 'string' && !Object.hasOwn(FIELDS, kind)))
    return { kind: 'unreadable', because: 'newer' };
  return contentOf(written) ?? { kind: 'unreadable', because: 'malformed' };
}

/** What a message names beside its content, as the authenticated data of its MLS frame (RFC 9420 §6). */
export interface MessageContext {
  readonly conversationId: string;
  readonly senderDeviceId: string;
  readonly messageId: string;
}

/**
 * Binds a message to its place: the relay can neither move it elsewhere nor say that another device sent it. Of messages from
 * before there was `frankedContextBytes`.
 */
export function messageContextBytes({
  conversationId,
  senderDeviceId,
  messageId,
}: MessageContext): Uint8Array<ArrayBuffer> {
  return canonicalBytes('sealpost message 1', [conversationId, senderDeviceId, messageId]);
}

type Check = (value: unknown) => boolean;
type Written = Readonly<Record<string, unknown>>;

function matches(pattern: string, maxChars: number): Check {
  const shape = new RegExp(pattern, 'u');
  return (value) => typeof value === 'string' && value.length > 0 && value.length <= maxChars && shape.test(value);
}

const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const isWhole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isText: Check = (value) => typeof value === 'string' && value.length > 0;
const isEntryId = matches(UUID_V7_PATTERN, 36);
/** Canonical base64url of 32 bytes: the last character has two bits that are zero. */
const isKey = matches('^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$', 43);
/** Canonical base64url of what begins as each JPEG does: `ff d8 ff`. */
const isJpeg = matches(
  '^_9j_(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048]|[A-Za-z0-9_-][AQgw])?$',
  Math.ceil((LIMITS.thumbnailBytes * 4) / 3),
);

function isPositive(value: unknown): value is number {
  return isWhole(value) && value !== 0;
}

/** As long as the relay takes it. */
export function isLifetime(seconds: unknown): seconds is number {
  return isPositive(seconds) && seconds <= DURATIONS.maxExpiresInSeconds;
}

/** What each kind has, and what each field must be. */
const FIELDS: Readonly<Record<MessageContent['kind'], Readonly<Record<string, Check>>>> = {
  text: { text: isText, replyTo: optional(isEntryId), expiresIn: optional(isLifetime) },
  reaction: { to: isEntryId, emoji: orNull(matches(LINE_PATTERN, 32)), expiresIn: optional(isLifetime) },
  deletion: { of: isEntryId },
  attachment: {
    attachmentId: matches(UUID_PATTERN, 36),
    name: matches(LINE_PATTERN, 255),
    mediaType: matches('^[\\w!#$&^.+-]+/[\\w!#$&^.+-]+$', 127),
    bytes: isWhole,
    key: isKey,
    sha256: isKey,
    caption: optional(isText),
    thumbnail: optional(isJpeg),
    width: optional(isPositive),
    height: optional(isPositive),
    durationMs: optional(isWhole),
    expiresIn: optional(isLifetime),
  },
  read: { upTo: isPositive },
  title: { title: orNull(matches(LINE_PATTERN, 128)) },
  lifetime: { seconds: orNull(isLifetime) },
};

function contentOf(written: Written): MessageContent | undefined {
  const { kind } = written;
  if (typeof kind !== 'string') return undefined;
  const checks = Object.entries(FIELDS[kind as MessageContent['kind']]);
  if (!checks.every(([field, check]) => check(written[field]))) return undefined;
  const known = checks.flatMap(([field]) => (written[field] === undefined ? [] : [[field, written[field]]]));
  // Each field has been checked against the kind it belongs to.
  return { kind, ...Object.fromEntries(known) } as MessageContent;
}

function parsed(bytes: Uint8Array): Written | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Written) : undefined;
  } catch {
    return undefined;
  }
}
