import type { MessageRecord, QueuedMessage } from '#sdk';

/** Messages as they will be once what waits has been sent: whoever reacts or deletes sees it at once. */
export function withPendingChanges(
  records: readonly MessageRecord[],
  waiting: readonly QueuedMessage[],
  ownAccountId: string,
): readonly MessageRecord[] {
  const changes = changesIn(waiting, ownAccountId);
  if (changes.size === 0) return records;
  return records.map((record) =>
    (changes.get(record.id ?? '') ?? []).reduce((changed, change) => change(changed), record),
  );
}

type Change = (record: MessageRecord) => MessageRecord;

/** By the id of the message that changes. */
function changesIn(waiting: readonly QueuedMessage[], ownAccountId: string): ReadonlyMap<string, readonly Change[]> {
  const changes = new Map<string, Change[]>();
  const add = (id: string, change: Change): unknown => changes.set(id, [...(changes.get(id) ?? []), change]);
  for (const { content, refused } of waiting) {
    if (refused !== null) continue;
    if (content.kind === 'deletion') add(content.of, (record) => ({ ...record, content: null, unreadable: 'deleted' }));
    if (content.kind === 'reaction') add(content.to, (record) => reacted(record, content.emoji, ownAccountId));
  }
  return changes;
}

function reacted(record: MessageRecord, emoji: string | null, accountId: string): MessageRecord {
  const others = (record.reactions ?? []).filter((reaction) => reaction.accountId !== accountId);
  return { ...record, reactions: emoji === null ? others : [...others, { accountId, emoji }] };
}
