import type { ConversationId } from '#protocol';

/** An entry whose time is over. */
export interface DueRow {
  readonly conversation_id: ConversationId;
  readonly seq: string;
}

/** The positions of each conversation, which keep the order in which they came. */
export function byConversation(due: readonly DueRow[]): Map<ConversationId, string[]> {
  const seqs = new Map<ConversationId, string[]>();
  for (const { conversation_id: id, seq } of due) seqs.set(id, [...(seqs.get(id) ?? []), seq]);
  return seqs;
}

/**
 * Erases in one part after the other, until a batch is full, or another relay has its turn, which is undefined. Returns how many were
 * erased.
 */
export async function inEach<T>(
  parts: Iterable<T>,
  batch: number,
  erase: (part: T) => Promise<number | undefined>,
): Promise<number> {
  let erased = 0;
  for (const part of parts) {
    const more = await erase(part);
    erased += more ?? 0;
    if (more === undefined || erased >= batch) break;
  }
  return erased;
}
