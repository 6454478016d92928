import { ArrowLeft, LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { Chat } from '../chats/chat.js';
import { useTypingText } from '../chats/use-typing-text.js';
import { VerifiedBadge } from '../people/verified-badge.js';
import { Avatar } from '../ui/avatar.js';

interface ChatHeaderProps {
  readonly chat: Chat;
  readonly name: string;
}

/** With whom one speaks, and the way to who that is. */
export function ChatHeader({ chat, name }: ChatHeaderProps): ReactNode {
  const t = useTranslations();
  const { id, kind, members } = chat.conversation;
  const typingText = useTypingText(chat.conversation);
  return (
    <header className="pane-head">
      <Link href="/" className="icon-button back" aria-label={t('common.back')} title={t('common.back')}>
        <ArrowLeft size={22} aria-hidden="true" />
      </Link>
      <Link href={`/chats/${id}/people`} className="chat-who">
        <span className="sr-only">{t('chat.details')}</span>
        <Avatar name={name} isGroup={kind === 'group'} />
        <span className="chat-who-text">
          <span className="chat-who-name">
            {name} <VerifiedBadge conversation={chat.conversation} />
          </span>
          <span className="chat-who-note">
            {typingText !== undefined ? (
              <span className="typing">{typingText}</span>
            ) : kind === 'group' ? (
              t('chat.group', { count: members.length })
            ) : (
              <>
                <LockKeyhole size={12} aria-hidden="true" /> {t('chat.sealed')}
              </>
            )}
          </span>
        </span>
      </Link>
    </header>
  );
}
