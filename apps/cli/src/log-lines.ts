import type { MessageContent } from '#protocol';
import type { Conversation, MessageRecord, Sealpost } from '#sdk';
import { nameOf } from './targets.js';
import { printable } from './terminal.js';

const MOST_ON_A_PAGE = 200;

/** What stands behind a position of a conversation, oldest first. */
export async function messagesAfter(sealpost: Sealpost, id: string, position: number): Promise<MessageRecord[]> {
  const found: MessageRecord[] = [];
  for (;;) {
    const before = found.at(-1)?.seq;
    const page = await sealpost.messages.history(id, {
      limit: MOST_ON_A_PAGE,
      ...(before === undefined ? {} : { before }),
    });
    found.push(...page.filter(({ seq }) => seq > position));
    if (page.length < MOST_ON_A_PAGE || (page.at(-1)?.seq ?? 0) <= position) return found.reverse();
  }
}

/** For programs. `conversationId` and `seq` name it for ever. What proves it to the operator stays on the device, which reports. */
export function jsonOf(conversation: Conversation, message: MessageRecord, ownUsername: string) {
  const { senderAccountId, sentAtMs, franking: _proof, ...rest } = message;
  return {
    conversationId: conversation.id,
    conversation: nameOf(conversation, ownUsername),
    sender: senderOf(conversation, message),
    senderAccountId,
    sentAt: new Date(sentAtMs).toISOString(),
    ...rest,
  };
}

/** For people. */
export function lineOf(conversation: Conversation, message: MessageRecord): string {
  const at = new Date(message.sentAtMs).toISOString().slice(0, 16).replace('T', ' ');
  return `${at} ${printable(senderOf(conversation, message) ?? '–')}: ${printable(contentOf(message))}${reactionsOf(message)}`;
}

function reactionsOf({ reactions = [] }: MessageRecord): string {
  return reactions.length === 0 ? '' : `  [${printable(reactions.map(({ emoji }) => emoji).join(' '))}]`;
}

/** Somebody who has left has no name here any more. */
function senderOf({ members }: Conversation, { senderAccountId }: MessageRecord): string | null {
  return members.find(({ accountId }) => accountId === senderAccountId)?.username ?? senderAccountId;
}

function contentOf({ content, unreadable = 'unknown' }: MessageRecord): string {
  if (unreadable === 'deleted') return '(deleted)';
  return content === null ? `(cannot be read: ${unreadable})` : wordsOf(content);
}

function wordsOf(content: MessageContent): string {
  switch (content.kind) {
    case 'text':
      return content.text;
    case 'title':
      return content.title === null ? '(it has no name now)' : `(it is called “${content.title}” now)`;
    case 'lifetime':
      return content.seconds === null
        ? '(what is written from now on stays)'
        : `(what is written from now on is deleted after ${String(content.seconds)} seconds)`;
    case 'reaction':
      return `(${content.emoji ?? 'takes back a reaction'})`;
    case 'attachment':
      return `(file “${content.name}”)`;
    case 'deletion':
      return '(deletes a message)';
    case 'read':
      return '(has read)';
  }
}
