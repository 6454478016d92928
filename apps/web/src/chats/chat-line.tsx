import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link, useRoute } from 'wouter';
import type { MessageRecord } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useMessageText } from '../conversation/message-text.js';
import { Avatar } from '../ui/avatar.js';
import { When } from '../ui/when.js';
import { type Chat, chatName } from './chat.js';
import type { Found } from './use-message-search.js';

/** One chat of the list. */
export function ChatLine({ chat }: { readonly chat: Chat }): ReactNode {
  const t = useTranslations('chats');
  const { conversation, last } = chat;
  const { id, kind, unread } = conversation;
  const name = chatName(conversation, useOpenApp().client.self.accountId);
  const [isShown] = useRoute(`/chats/${id}/*?`);
  return (
    <Link
      href={`/chats/${id}`}
      className={`chat-line ${unread > 0 ? 'chat-line-unread' : ''}`}
      aria-current={isShown ? 'page' : undefined}
    >
      <Avatar name={name} isGroup={kind === 'group'} />
      <span className="chat-line-name">{name}</span>
      {last !== undefined && <When atMs={last.sentAtMs} />}
      <span className="chat-line-last">
        {last === undefined ? t('nothingYet') : <Preview chat={chat} message={last} />}
      </span>
      {unread > 0 && (
        <span className="unread" aria-label={t('unread', { count: unread })} role="img">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Link>
  );
}

/** A message that was found. */
export function FoundLine({ found, chat }: { readonly found: Found; readonly chat: Chat | undefined }): ReactNode {
  const text = useMessageText();
  const ownId = useOpenApp().client.self.accountId;
  const name = chat === undefined ? '' : chatName(chat.conversation, ownId);
  return (
    <Link href={`/chats/${found.conversationId}`} className="chat-line">
      <Avatar name={name} isGroup={chat?.conversation.kind === 'group'} />
      <span className="chat-line-name">{name}</span>
      <When atMs={found.sentAtMs} />
      <span className="chat-line-last">{text(found)}</span>
    </Link>
  );
}

function Preview({ chat, message }: { readonly chat: Chat; readonly message: MessageRecord }): ReactNode {
  const t = useTranslations('chats');
  const text = useMessageText()(message);
  const ownId = useOpenApp().client.self.accountId;
  const { kind, members } = chat.conversation;
  if (message.senderAccountId === ownId) return t('own', { text });
  const sender = members.find(({ accountId }) => accountId === message.senderAccountId);
  return kind === 'group' && sender !== undefined ? `${sender.username}: ${text}` : text;
}
