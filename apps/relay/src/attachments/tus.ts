import { type CanActivate, createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { type ConversationId, DURATIONS, UUID_PATTERN } from '#protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvalidRequest } from '../platform/errors/refusal.js';
import { EXPOSED_HEADERS } from '../platform/http/cors.js';
import type { NewUpload } from './attachment.js';
import { UnsupportedTusVersion } from './attachments.errors.js';

/** The version of tus that is spoken. */
export const TUS_VERSION = '1.0.0';

const EXPOSED = [
  ...EXPOSED_HEADERS,
  ...['location', 'tus-resumable', 'tus-version', 'upload-expires', 'upload-length', 'upload-offset'],
  ...['accept-ranges', 'content-range'],
].join(', ');
const UUID = new RegExp(UUID_PATTERN);
const WHOLE = /^(0|[1-9]\d{0,14})$/;

/** Every reply names the version of tus, and every request but a download has to (tus 1.0, "Headers"). */
@Injectable()
export class TusGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const { headers, method } = http.getRequest<FastifyRequest>();
    void http.getResponse<FastifyReply>().headers({
      'tus-resumable': TUS_VERSION,
      'tus-version': TUS_VERSION,
      'access-control-expose-headers': EXPOSED,
    });
    if (method !== 'GET' && headers['tus-resumable'] !== TUS_VERSION) throw new UnsupportedTusVersion();
    return true;
  }
}

/** `@CurrentNewUpload() upload: NewUpload`. */
export const CurrentNewUpload = createParamDecorator((_options: unknown, context: ExecutionContext): NewUpload =>
  newUploadOf(context.switchToHttp().getRequest<FastifyRequest>().headers),
);

/** `@CurrentOffset() offset: number`. */
export const CurrentOffset = createParamDecorator((_options: unknown, context: ExecutionContext): number => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return wholeNumber('Upload-Offset', headers['upload-offset']);
});

/** `@CurrentRange() range: string | undefined`. Without a version there is nothing that If-Range could be true of. */
export const CurrentRange = createParamDecorator((_options: unknown, context: ExecutionContext): string | undefined => {
  const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
  return headers['if-range'] === undefined ? headers.range : undefined;
});

/** @throws {InvalidRequest} */
function newUploadOf(headers: Readonly<Record<string, string | string[] | undefined>>): NewUpload {
  const length = wholeNumber('Upload-Length', headers['upload-length']);
  if (length === 0) throw malformed('Upload-Length', 'must be at least 1');
  const { conversationId, expiresIn } = metadataOf(headers['upload-metadata']);
  if (conversationId === undefined || !UUID.test(conversationId))
    throw malformed('Upload-Metadata', 'conversationId must be the id of a conversation');
  return {
    conversationId: conversationId as ConversationId,
    length,
    expiresInSeconds: expiresIn === undefined ? undefined : lifetime(expiresIn),
  };
}

/** When an upload or an attachment will be gone, as in RFC 9110 §5.6.7. */
export function expiresHeader(expiresAt: Date | null): Record<string, string> {
  return expiresAt === null ? {} : { 'upload-expires': expiresAt.toUTCString() };
}

const METADATA_KEYS = ['conversationId', 'expiresIn'] as const;
type Metadata = Partial<Record<(typeof METADATA_KEYS)[number], string>>;

/** Only what is known: the name and type of a file are for members to read, and stand in the message that names it. */
function metadataOf(header: string | string[] | undefined): Metadata {
  const found: Metadata = {};
  if (typeof header !== 'string') return found;
  for (const pair of header.split(',')) {
    const [key = '', value = '', ...more] = pair.trim().split(' ');
    const known = METADATA_KEYS.find((name) => name === key);
    if (known === undefined || more.length > 0 || known in found)
      throw malformed('Upload-Metadata', `must be ${METADATA_KEYS.join(' and ')}, each once`);
    found[known] = fromBase64(value);
  }
  return found;
}

function fromBase64(text: string): string {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) throw malformed('Upload-Metadata', 'must have values in base64');
  return bytes.toString('latin1');
}

function lifetime(text: string): number {
  const seconds = WHOLE.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > DURATIONS.maxExpiresInSeconds)
    throw malformed('Upload-Metadata', `expiresIn must be 1 to ${String(DURATIONS.maxExpiresInSeconds)} seconds`);
  return seconds;
}

function wholeNumber(header: string, text: string | string[] | undefined): number {
  if (typeof text !== 'string' || !WHOLE.test(text)) throw malformed(header, 'must be a whole number of bytes');
  return Number(text);
}

function malformed(header: string, message: string): InvalidRequest {
  return new InvalidRequest([{ path: `/${header}`, message }]);
}
