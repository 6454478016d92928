import { Check, CheckCheck } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { MessageReceipt, MessageRecord } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useSelected } from '../state/observable.js';
import { Avatar } from '../ui/avatar.js';
import { Dialog } from '../ui/dialog.js';
import { useOpenChat } from './open-chat.js';

interface MessageInfoDialogProps {
  /** The message in question; closed without one. */
  readonly record: MessageRecord | undefined;
  readonly onClose: () => void;
}

/** Who has a message, and who has seen it. */
export function MessageInfoDialog({ record, onClose }: MessageInfoDialogProps): ReactNode {
  const t = useTranslations('chat');
  return (
    <Dialog isOpen={record !== undefined} onClose={onClose} title={t('info')}>
      {record !== undefined && <Receipts record={record} />}
    </Dialog>
  );
}

function Receipts({ record }: { readonly record: MessageRecord }): ReactNode {
  const t = useTranslations('chat');
  const format = useFormatter();
  const receipts = useReceipts(record);
  const sentAt = format.dateTime(new Date(record.sentAtMs), { dateStyle: 'long', timeStyle: 'short' });
  return (
    <>
      <p className="lead">{t('sentAt', { at: sentAt })}</p>
      <ul className="people">
        {receipts.map(({ accountId, username, isRead, isDelivered }) => (
          <li key={accountId} className="person">
            <Avatar name={username} />
            <span className="person-name">{username}</span>
            <span className="person-note">
              {t('delivery', { delivery: isRead ? 'read' : isDelivered ? 'delivered' : 'sent' })}
            </span>
            <span className="person-action">
              {isDelivered ? (
                <CheckCheck size={18} className={isRead ? 'delivery-read' : ''} aria-hidden="true" />
              ) : (
                <Check size={18} aria-hidden="true" />
              )}
            </span>
          </li>
        ))}
      </ul>
      <p className="field-hint">{t('receiptsHint')}</p>
    </>
  );
}

function useReceipts({ id }: MessageRecord): readonly MessageReceipt[] {
  const { messages } = useOpenApp().client;
  const { chat, timeline } = useOpenChat();
  const conversationId = chat.conversation.id;
  const [receipts, setReceipts] = useState<readonly MessageReceipt[]>([]);
  // Whenever one of them has come further.
  const marks = useSelected(timeline.state, (state) => state.marks);
  useEffect(() => {
    let isCurrent = true;
    void messages.receipts(conversationId, id ?? '').then((told) => {
      if (isCurrent) setReceipts(told);
    });
    return () => void (isCurrent = false);
  }, [messages, conversationId, id, marks]);
  return receipts;
}
