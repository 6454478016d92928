import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useRoute } from 'wouter';
import type { MessageRecord } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { useMessageText } from '../conversation/message-text.js';
import { OF_ONE_VISIT } from '../conversation/use-jump.js';
import { VerifiedBadge } from '../people/verified-badge.js';
import { Avatar } from '../ui/avatar.js';
import { When } from '../ui/when.js';
import { type Chat, chatName } from './chat.js';
import { excerptOf } from './excerpt.js';
import type { Found } from './use-message-search.js';
import { useTypingText } from './use-typing-text.js';

/** One chat of the list. */
export function ChatLine({ chat }: { readonly chat: Chat }): ReactNode {
  const t = useTranslations('chats');
  const tContacts = useTranslations('contacts');
  const { conversation, last } = chat;
  const { id, kind, unread } = conversation;
  const name = chatName(conversation, useOpenApp().client.self.accountId);
  const typingText = useTypingText(conversation);
  const isRequest = conversation.standing === 'invited';
  const [isShown] = useRoute(`/chats/${id}/*?`);
  return (
    <Link
      href={`/chats/${id}`}
      className={`chat-line ${unread > 0 ? 'chat-line-unread' : ''}`}
      aria-current={isShown ? 'page' : undefined}
    >
      <Avatar name={name} isGroup={kind === 'group'} />
      <span className="chat-line-name">
        {name} <VerifiedBadge conversation={conversation} />
      </span>{' '}
      {last !== undefined && <When atMs={last.sentAtMs} />}{' '}
      <span className="chat-line-last">
        {typingText !== undefined ? (
          <span className="typing">{typingText}</span>
        ) : last === undefined ? (
          isRequest ? (
            tContacts('request')
          ) : (
            t('nothingYet')
          )
        ) : (
          <Preview chat={chat} message={last} />
        )}
      </span>
      <Unread count={unread} />
    </Link>
  );
}

function Unread({ count }: { readonly count: number }): ReactNode {
  const t = useTranslations('chats');
  if (count === 0) return null;
  return (
    <span className="unread" aria-label={t('unread', { count })} role="img">
      {count > 99 ? '99+' : count}
    </span>
  );
}

interface FoundLineProps {
  readonly found: Found;
  /** What was searched for. */
  readonly words: string;
  readonly chat: Chat | undefined;
}

/** A message that was found. */
export function FoundLine({ found, words, chat }: FoundLineProps): ReactNode {
  const text = useMessageText();
  const ownId = useOpenApp().client.self.accountId;
  const name = chat === undefined ? '' : chatName(chat.conversation, ownId);
  return (
    <Link href={`/chats/${found.conversationId}?at=${String(found.seq)}`} state={OF_ONE_VISIT} className="chat-line">
      <Avatar name={name} isGroup={chat?.conversation.kind === 'group'} />
      <span className="chat-line-name">{name}</span>
      <When atMs={found.sentAtMs} />
      <span className="chat-line-last">
        {excerptOf(text(found), words).map((part, index) =>
          // Each stands at its place for good.
          part.isFound ? <mark key={index}>{part.text}</mark> : <span key={index}>{part.text}</span>,
        )}
      </span>
    </Link>
  );
}

function Preview({ chat, message }: { readonly chat: Chat; readonly message: MessageRecord }): ReactNode {
  const t = useTranslations('chats');
  const tContacts = useTranslations('contacts');
  const words = useMessageText()(message);
  const isBlocked = useObservable(useOpenApp().contactBook.blocked).has(message.senderAccountId ?? '');
  const text = isBlocked ? tContacts('blockedMessage') : words;
  const ownId = useOpenApp().client.self.accountId;
  const { kind, members } = chat.conversation;
  if (message.senderAccountId === ownId) return t('own', { text });
  const sender = members.find(({ accountId }) => accountId === message.senderAccountId);
  return !isBlocked && kind === 'group' && sender !== undefined ? `${sender.username}: ${text}` : text;
}
