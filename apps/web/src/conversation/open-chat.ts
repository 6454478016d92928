import { createContext, use } from 'react';
import type { MessageRecord } from '#sdk';
import type { Chat } from '../chats/chat.js';
import type { Timeline } from './timeline.js';

/** What the lines of a chat share. */
export interface OpenChat {
  readonly chat: Chat;
  readonly timeline: Timeline;
  /** Quotes a message in what is written next. */
  readonly reply: (record: MessageRecord) => void;
  /** Shows the message at a position, however far back. */
  readonly jumpTo: (seq: number) => void;
}

export const OpenChatContext = createContext<OpenChat | undefined>(undefined);

export function useOpenChat(): OpenChat {
  const chat = use(OpenChatContext);
  if (chat === undefined) throw new Error('a line stands outside of a chat');
  return chat;
}

/** What somebody is called in a chat; who has left it since is known by no name. */
export function senderOf({ conversation }: Chat, accountId: string | null): string {
  return conversation.members.find((member) => member.accountId === accountId)?.username ?? '?';
}
