import { Check, CircleAlert, Clock } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { MessageRecord, QueuedMessage } from '#sdk';
import type { Chat } from '../chats/chat.js';
import { useOpenApp } from '../client/contexts.js';
import { hueOf } from '../ui/avatar.js';
import { daysAgo } from '../ui/when.js';
import { useMessageText } from './message-text.js';
import type { Timeline } from './timeline.js';
import type { TimelineItem } from './timeline-items.js';

interface TimelineLineProps {
  readonly item: TimelineItem;
  readonly chat: Chat;
  readonly timeline: Timeline;
}

/** One line of a chat, of whatever kind. */
export function TimelineLine({ item, chat, timeline }: TimelineLineProps): ReactNode {
  switch (item.kind) {
    case 'day':
      return <DayLine atMs={item.atMs} />;
    case 'gap':
      return <GapLine count={item.count} />;
    case 'title':
      return <TitleLine item={item} chat={chat} />;
    case 'message':
      return <MessageLine item={item} chat={chat} />;
    case 'queued':
      return <QueuedLine item={item} timeline={timeline} />;
  }
}

function DayLine({ atMs }: { readonly atMs: number }): ReactNode {
  const t = useTranslations('chat');
  const format = useFormatter();
  const at = new Date(atMs);
  const days = daysAgo(at);
  const date = (): string =>
    format.dateTime(at, days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long', year: 'numeric' });
  return (
    <div className="line line-note">
      <span className="note">{days <= 0 ? t('today') : days === 1 ? t('yesterday') : date()}</span>
    </div>
  );
}

function GapLine({ count }: { readonly count: number }): ReactNode {
  const t = useTranslations('chat');
  return (
    <div className="line line-note">
      <span className="note note-gap">{t('gap', { count })}</span>
    </div>
  );
}

interface TitleLineProps {
  readonly item: Extract<TimelineItem, { kind: 'title' }>;
  readonly chat: Chat;
}

function TitleLine({ item, chat }: TitleLineProps): ReactNode {
  const t = useTranslations();
  const { title, senderAccountId } = item;
  const ownId = useOpenApp().client.self.accountId;
  const who = senderAccountId === ownId ? t('common.you') : senderOf(chat, senderAccountId);
  return (
    <div className="line line-note">
      <span className="note">{title === null ? t('chat.untitled', { who }) : t('chat.titled', { who, title })}</span>
    </div>
  );
}

interface MessageLineProps {
  readonly item: Extract<TimelineItem, { kind: 'message' }>;
  readonly chat: Chat;
}

function MessageLine({ item, chat }: MessageLineProps): ReactNode {
  const t = useTranslations();
  const { record, isOwn, isFirst } = item;
  const sender = senderOf(chat, record.senderAccountId);
  const showsSender = chat.conversation.kind === 'group' && !isOwn && isFirst;
  return (
    <div className={lineClass(item, isOwn)}>
      <div className={`bubble ${record.content === null ? 'bubble-unreadable' : ''}`}>
        {showsSender ? (
          <span className={`sender hue-${hueOf(sender)}`}>{sender}</span>
        ) : (
          <span className="sr-only">{isOwn ? t('common.you') : sender}</span>
        )}
        <MessageBody record={record} />
        <span className="meta">
          <Hour atMs={record.sentAtMs} />
          {isOwn && <Check size={14} role="img" aria-label={t('chat.sent')} />}
        </span>
      </div>
    </div>
  );
}

interface QueuedLineProps {
  readonly item: Extract<TimelineItem, { kind: 'queued' }>;
  readonly timeline: Timeline;
}

function QueuedLine({ item, timeline }: QueuedLineProps): ReactNode {
  const t = useTranslations('chat');
  const { message } = item;
  const isRefused = message.refused !== null;
  return (
    <div className={lineClass(item, true)}>
      <div className={`bubble ${isRefused ? 'bubble-failed' : 'bubble-sending'}`}>
        <MessageBody record={{ content: message.content }} />
        <span className="meta">
          <Hour atMs={message.createdAtMs} />
          {isRefused ? (
            <CircleAlert size={14} aria-hidden="true" />
          ) : (
            <Clock size={13} role="img" aria-label={t('sending')} />
          )}
        </span>
      </div>
      {isRefused && <Failed message={message} timeline={timeline} />}
    </div>
  );
}

function Failed({ message, timeline }: { readonly message: QueuedMessage; readonly timeline: Timeline }): ReactNode {
  const t = useTranslations('chat');
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

function MessageBody({ record }: { readonly record: Pick<MessageRecord, 'content' | 'unreadable'> }): ReactNode {
  // React puts text into the page as text, whatever stands in it.
  return (
    <span className="text" dir="auto">
      {useMessageText()(record)}
    </span>
  );
}

function Hour({ atMs }: { readonly atMs: number }): ReactNode {
  const format = useFormatter();
  const at = new Date(atMs);
  return <time dateTime={at.toISOString()}>{format.dateTime(at, { timeStyle: 'short' })}</time>;
}

function lineClass({ isFirst, isLast }: { isFirst: boolean; isLast: boolean }, isOwn: boolean): string {
  return `line ${isOwn ? 'line-own' : 'line-other'} ${isFirst ? 'line-first' : ''} ${isLast ? 'line-last' : ''}`;
}

function senderOf({ conversation }: Chat, accountId: string | null): string {
  return conversation.members.find((member) => member.accountId === accountId)?.username ?? '?';
}
