import type { MessageRecord } from '#sdk';
import type { AttachmentContent } from '#protocol';
import type { FilePlace } from './opened-files.js';

/** A message about a file, where it stands. */
export interface ShownFile {
  readonly content: AttachmentContent;
  /** Undefined while it is on its way: then there is nothing to fetch. */
  readonly place: FilePlace | undefined;
}

/** @returns undefined for a message about anything else. */
export function shownFile(
  conversationId: string,
  { content, id }: Pick<MessageRecord, 'content' | 'id'>,
): ShownFile | undefined {
  if (content?.kind !== 'attachment') return undefined;
  const { name, mediaType, bytes } = content;
  return { content, place: id === null ? undefined : { conversationId, messageId: id, name, mediaType, bytes } };
}
