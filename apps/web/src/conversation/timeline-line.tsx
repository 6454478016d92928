import { Info, Timer, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { daysAgo } from '../ui/when.js';
import { useDurationText } from './lifetime.js';
import { MessageLine, QueuedLine } from './message-line.js';
import { senderOf, useOpenChat } from './open-chat.js';
import { RosterNote } from './roster-note.js';
import type { TimelineItem } from './timeline-items.js';
import type { JumpTarget } from './use-jump.js';

interface TimelineLineProps {
  readonly item: TimelineItem;
  /** What has led here, of this line alone. */
  readonly jump: JumpTarget | undefined;
}

/** One line of a chat, of whatever kind. */
export function TimelineLine({ item, jump }: TimelineLineProps): ReactNode {
  switch (item.kind) {
    case 'message':
      return <MessageLine item={item} jump={jump} />;
    case 'queued':
      return <QueuedLine item={item} />;
    case 'day':
      return <DayLine atMs={item.atMs} />;
    case 'new':
      return <NewLine />;
    case 'gap':
    case 'missing':
    case 'lost':
    case 'peer':
    case 'title':
    case 'lifetime':
      return <NoteLine item={item} />;
    case 'roster':
      return <RosterNote line={item.line} />;
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

function NewLine(): ReactNode {
  const t = useTranslations('chat');
  return (
    <div className="line line-new">
      <span>{t('new')}</span>
    </div>
  );
}

type Note = Exclude<TimelineItem, { kind: 'message' | 'queued' | 'day' | 'new' | 'roster' }>;

/** What has happened in the chat without anybody having written it. Something missing is shown as such. */
function NoteLine({ item }: { readonly item: Note }): ReactNode {
  const text = useNoteText()(item);
  // That a message has expired was wanted.
  const isOver = item.kind === 'lifetime' || (item.kind === 'gap' && item.reason === 'expired');
  const isMissing = !isOver && ['gap', 'missing', 'lost'].includes(item.kind);
  return (
    <div className="line line-note">
      <span className={`note ${isMissing ? 'note-gap' : ''}`}>
        {isMissing && <TriangleAlert size={14} aria-hidden="true" />}
        {isOver && <Timer size={14} aria-hidden="true" />}
        {item.kind === 'peer' && <Info size={14} aria-hidden="true" />} {text}
      </span>
    </div>
  );
}

function useNoteText(): (item: Note) => string {
  const t = useTranslations();
  const durationText = useDurationText();
  const { chat } = useOpenChat();
  const ownId = useOpenApp().client.self.accountId;
  const nameOf = (accountId: string | null): string =>
    accountId === ownId ? t('common.you') : senderOf(chat, accountId);
  return (item) => {
    switch (item.kind) {
      case 'gap':
        return t('chat.gap', { count: item.count, reason: item.reason });
      case 'missing':
        return t('chat.missing', { count: item.count, name: nameOf(item.senderAccountId) });
      case 'lost':
        return t('chat.lost', { count: item.count });
      case 'peer':
        return t('chat.peerNote', { kind: item.note.kind, name: nameOf(item.note.accountId) });
      case 'lifetime':
        return t('lifetime.changed', {
          who: item.senderAccountId === ownId ? 'self' : 'other',
          name: nameOf(item.senderAccountId),
          lasting: item.seconds === null ? 'off' : 'on',
          duration: durationText(item.seconds ?? 0),
        });
      case 'title':
        return item.title === null
          ? t('chat.untitled', { who: nameOf(item.senderAccountId) })
          : t('chat.titled', { who: nameOf(item.senderAccountId), title: item.title });
    }
  };
}
