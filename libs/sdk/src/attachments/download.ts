import {
  type AttachmentLayout,
  attachmentLayout,
  AttachmentOpener,
  chunkAt,
  CryptoError,
  decodeBase64Url,
} from '#crypto';
import type { AttachmentContent } from '#protocol';
import { isRefusal, RelayRefusal } from '../relay/relay.errors.js';
import type { Retries } from '../relay/retries.js';
import { waitingFor } from '../waiting.js';
import type { OnProgress } from './attachment-file.js';
import { AttachmentError } from './attachments.errors.js';
import type { RelayBlobs } from './relay-blobs.js';

interface DownloadParts {
  readonly blobs: Pick<RelayBlobs, 'read'>;
  readonly retries: Retries;
  readonly onProgress?: OnProgress | undefined;
  readonly signal: AbortSignal;
}

/** What is asked for beyond the end of what the relay has. */
const RANGE_NOT_SATISFIABLE = 416;

/**
 * A file piece by piece, each once its tag holds. A connection that breaks costs the chunk that was on its way.
 *
 * @throws {AttachmentError} `attachment_gone`, and `attachment_not_authentic`: the pieces before belong to the file all the same,
 * unless it comes at the very end, where the digest of all of it is compared.
 */
export async function* downloaded(
  content: AttachmentContent,
  parts: DownloadParts,
): AsyncGenerator<Uint8Array<ArrayBuffer>, void> {
  const layout = layoutOf(content);
  const opener = await AttachmentOpener.of(decodeBase64Url(content.key), layout);
  for (let index = 0; index < layout.chunks; index++) {
    const { file, sealed } = chunkAt(layout, index);
    const chunk = await asked(content.attachmentId, sealed, parts);
    const piece = await authentic(() => opener.open(chunk));
    const told = Promise.resolve(parts.onProgress?.({ done: file.to, bytes: layout.bytes }));
    await waitingFor(told, { signal: parts.signal });
    if (piece.length > 0) yield piece;
  }
  await authentic(() => opener.finish(decodeBase64Url(content.sha256)));
}

async function asked(
  id: string,
  part: Parameters<RelayBlobs['read']>[1],
  { blobs, retries, signal }: DownloadParts,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await retries.run(() => blobs.read(id, part, signal), signal);
  } catch (cause) {
    if (isRefusal(cause, 'not_found'))
      throw new AttachmentError('attachment_gone', 'The relay does not have the file any more.', { cause });
    if (cause instanceof RelayRefusal && cause.status === RANGE_NOT_SATISFIABLE) throw notAuthentic(cause);
    throw cause;
  }
}

async function authentic<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw cause instanceof CryptoError ? notAuthentic(cause) : cause;
  }
}

/** Its sender may have written any number. */
function layoutOf({ bytes }: AttachmentContent): AttachmentLayout {
  try {
    return attachmentLayout(bytes);
  } catch (cause) {
    throw notAuthentic(cause);
  }
}

function notAuthentic(cause: unknown): AttachmentError {
  return new AttachmentError('attachment_not_authentic', 'This is not the file that was sent.', { cause });
}
