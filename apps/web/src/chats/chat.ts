import type { Conversation, MessageRecord } from '#sdk';

/** A line of the list. */
export interface Chat {
  readonly conversation: Conversation;
  /** The newest that there is to read. */
  readonly last: MessageRecord | undefined;
  /** When something happened last, for the order of the list. */
  readonly activeAtMs: number;
}

/** What people call it: its title, or who else is in it, or who asks. */
export function chatName({ title, members, invitedBy }: Conversation, ownAccountId: string): string {
  if (title !== null) return title;
  // Whoever is asked to join sees who asks, and nobody else.
  if (invitedBy !== null) return invitedBy.username;
  const others = members.filter(({ accountId }) => accountId !== ownAccountId);
  return (others.length === 0 ? members : others).map(({ username }) => username).join(', ');
}

/** Whether it is something to read, and not about other messages. */
export function isForReading({ content, unreadable }: MessageRecord): boolean {
  if (content === null) return !['before_joining', 'expired', 'delivered'].includes(unreadable ?? '');
  return content.kind === 'text' || content.kind === 'attachment';
}

/** Whether all words stand in the name. */
export function matchesName(name: string, words: string): boolean {
  const lower = name.toLocaleLowerCase();
  return words
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
