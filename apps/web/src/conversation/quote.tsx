import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useSelected } from '../state/observable.js';
import { hueOf } from '../ui/avatar.js';
import { useMessageText } from './message-text.js';
import { senderOf, useOpenChat } from './open-chat.js';

/** What a message replies to; it leads there. */
export function Quote({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations('chat');
  const { timeline, jumpTo } = useOpenChat();
  const quoted = useSelected(
    timeline.state,
    ({ records, quoted: others }) => records.find((record) => record.id === id) ?? others.get(id),
  );
  // It is being looked for.
  if (quoted === undefined) return <span className="quote" aria-hidden="true" />;
  if (quoted === null) return <span className="quote quote-gone">{t('quoteGone')}</span>;
  return (
    <button type="button" className="quote" onClick={() => jumpTo(quoted.seq)}>
      <span className="sr-only">{t('inReplyTo')}</span>
      <Quoted record={quoted} />
    </button>
  );
}

/** Who wrote it, and how it begins. */
export function Quoted({ record }: { readonly record: MessageRecord }): ReactNode {
  const t = useTranslations('common');
  const { chat } = useOpenChat();
  const text = useMessageText()(record);
  const isOwn = record.senderAccountId === useOpenApp().client.self.accountId;
  const sender = senderOf(chat, record.senderAccountId);
  return (
    <>
      <span className={`quote-sender hue-${hueOf(sender)}`}>{isOwn ? t('you') : sender}</span>
      <span className="quote-text" dir="auto">
        {text}
      </span>
    </>
  );
}
