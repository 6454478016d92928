import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { senderOf, useOpenChat } from './open-chat.js';

interface ReactionsProps {
  readonly messageId: string;
  readonly reactions: NonNullable<MessageRecord['reactions']>;
}

/** What people have put under a message, each emoji once. Pressing one adds one's own, or takes it back. */
export function Reactions({ messageId, reactions }: ReactionsProps): ReactNode {
  const t = useTranslations();
  const { chat, timeline } = useOpenChat();
  const ownId = useOpenApp().client.self.accountId;
  const nameOf = (accountId: string): string => (accountId === ownId ? t('common.you') : senderOf(chat, accountId));
  return (
    <div className="reactions">
      {[...new Set(reactions.map(({ emoji }) => emoji))].map((emoji) => {
        const ofEmoji = reactions.filter((reaction) => reaction.emoji === emoji);
        const isOwn = ofEmoji.some(({ accountId }) => accountId === ownId);
        const names = ofEmoji.map(({ accountId }) => nameOf(accountId)).join(', ');
        return (
          <button
            key={emoji}
            type="button"
            className="reaction"
            aria-pressed={isOwn}
            aria-label={t('chat.reaction', { emoji, names })}
            title={names}
            onClick={() => void timeline.react(messageId, isOwn ? null : emoji)}
          >
            {emoji}
            {ofEmoji.length > 1 && <span className="reaction-count">{ofEmoji.length}</span>}
          </button>
        );
      })}
    </div>
  );
}
