import { Check, CheckCheck, CircleAlert, Clock, Timer } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { MessageRecord, QueuedMessage } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { FileBody } from '../files/file-body.js';
import { shownFile } from '../files/file-place.js';
import { useSelected } from '../state/observable.js';
import { hueOf } from '../ui/avatar.js';
import { BlockedBody } from './blocked-body.js';
import { deliveryOf } from './delivery.js';
import { MessageMenuButton } from './message-menu.js';
import { useMessageText } from './message-text.js';
import { senderOf, useOpenChat } from './open-chat.js';
import { Quote } from './quote.js';
import { Reactions } from './reactions.js';
import type { Grouping, TimelineItem } from './timeline-items.js';
import type { JumpTarget } from './use-jump.js';

interface MessageLineProps {
  readonly item: Extract<TimelineItem, { kind: 'message' }>;
  /** What has led here, if somebody has come to see it. */
  readonly jump: JumpTarget | undefined;
}

/** A message that stands in the log. */
export function MessageLine({ item, jump }: MessageLineProps): ReactNode {
  const { record, isOwn, isFirst } = item;
  const { id, content, reactions = [] } = record;
  return (
    <div className={`${lineClass(item, isOwn)} ${jump === undefined ? '' : 'line-found'}`}>
      <div className="bubble-row">
        <div className={`bubble ${content === null ? 'bubble-unreadable' : ''}`}>
          {jump !== undefined && <span key={jump.turn} className="found-mark" aria-hidden="true" />}
          <Sender record={record} isOwn={isOwn} isFirst={isFirst} />
          <BlockedBody senderAccountId={isOwn ? null : record.senderAccountId}>
            <MessageBody record={record} />
          </BlockedBody>
          <Meta record={record} isOwn={isOwn} />
        </div>
        {content !== null && id !== null && <MessageMenuButton record={record} isOwn={isOwn} />}
      </div>
      {id !== null && reactions.length > 0 && <Reactions messageId={id} reactions={reactions} />}
    </div>
  );
}

interface SenderProps {
  readonly record: MessageRecord;
  readonly isOwn: boolean;
  readonly isFirst: boolean;
}

/** Whoever does not see on which side a message stands hears whose it is. */
function Sender({ record, isOwn, isFirst }: SenderProps): ReactNode {
  const t = useTranslations('common');
  const { chat } = useOpenChat();
  const sender = senderOf(chat, record.senderAccountId);
  if (isOwn) return <span className="sr-only">{t('you')}</span>;
  const isShown = chat.conversation.kind === 'group' && isFirst;
  return <span className={isShown ? `sender hue-${String(hueOf(sender))}` : 'sr-only'}>{sender}</span>;
}

function Meta({ record, isOwn }: { readonly record: MessageRecord; readonly isOwn: boolean }): ReactNode {
  const t = useTranslations('chat');
  return (
    <span className="meta">
      {record.expiresAtMs !== undefined && <Timer size={13} role="img" aria-label={t('expires')} />}
      {record.isLate === true && <span>{t('late')}</span>}
      <Hour atMs={record.sentAtMs} />
      {isOwn && record.content !== null && <DeliveryMark seq={record.seq} />}
    </span>
  );
}

/** A message on its way, or one that the relay would not have. */
export function QueuedLine({ item }: { readonly item: Extract<TimelineItem, { kind: 'queued' }> }): ReactNode {
  const t = useTranslations('chat');
  const { message } = item;
  const isRefused = message.refused !== null;
  return (
    <div className={lineClass(item, true)}>
      <div className="bubble-row">
        <div className={`bubble ${isRefused ? 'bubble-failed' : 'bubble-sending'}`}>
          <MessageBody record={{ content: message.content, id: null }} />
          <span className="meta">
            <Hour atMs={message.createdAtMs} />
            {isRefused ? (
              <CircleAlert size={14} aria-hidden="true" />
            ) : (
              <Clock size={13} role="img" aria-label={t('sending')} />
            )}
          </span>
        </div>
      </div>
      {isRefused && <Failed message={message} />}
    </div>
  );
}

function Failed({ message }: { readonly message: QueuedMessage }): ReactNode {
  const t = useTranslations('chat');
  const { timeline } = useOpenChat();
  return (
    <div className="failed" role="alert">
      {t('failed')}
      <button type="button" className="text-button" onClick={() => void timeline.retry(message.id)}>
        {t('retry')}
      </button>
      <button type="button" className="text-button" onClick={() => void timeline.discard(message.id)}>
        {t('discard')}
      </button>
    </div>
  );
}

interface MessageBodyProps {
  readonly record: Pick<MessageRecord, 'content' | 'id' | 'unreadable'>;
}

function MessageBody({ record }: MessageBodyProps): ReactNode {
  const words = useMessageText()(record);
  const { id: conversationId } = useOpenChat().chat.conversation;
  const file = shownFile(conversationId, record);
  const text = file === undefined ? words : file.content.caption;
  const replyTo = record.content?.kind === 'text' ? record.content.replyTo : undefined;
  return (
    <>
      {replyTo !== undefined && <Quote id={replyTo} />}
      {file !== undefined && <FileBody file={file} />}
      {/* React puts text into the page as text, whatever stands in it. */}
      {text !== undefined && (
        <span className="text" dir="auto">
          {text}
        </span>
      )}
    </>
  );
}

/** One tick: the relay has it. Two: everybody's device has it. Two in colour: everybody has seen it. */
function DeliveryMark({ seq }: { readonly seq: number }): ReactNode {
  const t = useTranslations('chat');
  const { chat, timeline } = useOpenChat();
  const ownAccountId = useOpenApp().client.self.accountId;
  const { members } = chat.conversation;
  const delivery = useSelected(timeline.state, ({ marks }) => deliveryOf(seq, { members, marks, ownAccountId }));
  const Mark = delivery === 'sent' ? Check : CheckCheck;
  return <Mark size={15} className={`delivery-${delivery}`} role="img" aria-label={t('delivery', { delivery })} />;
}

function Hour({ atMs }: { readonly atMs: number }): ReactNode {
  const format = useFormatter();
  const at = new Date(atMs);
  return <time dateTime={at.toISOString()}>{format.dateTime(at, { timeStyle: 'short' })}</time>;
}

function lineClass({ isFirst, isLast }: Grouping, isOwn: boolean): string {
  return `line ${isOwn ? 'line-own' : 'line-other'} ${isFirst ? 'line-first' : ''} ${isLast ? 'line-last' : ''}`;
}
