import { ArrowDown, LockKeyhole } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import type { Chat } from '../chats/chat.js';
import { useOpenApp } from '../client/contexts.js';
import { IconButton } from '../ui/button.js';
import type { Timeline, TimelineState } from './timeline.js';
import { TimelineLine } from './timeline-line.js';
import { type TimelineItem, timelineItems } from './timeline-items.js';

/** So near to the end somebody follows what comes. */
const NEAR_END_PX = 120;
/** So near to the start the page before is fetched. */
const NEAR_START_PX = 600;

interface MessageListProps {
  readonly chat: Chat;
  readonly name: string;
  readonly timeline: Timeline;
  readonly state: TimelineState;
}

/** The messages of a chat. It opens at its end, stays there while new ones come, and goes back as far as there are any. */
export function MessageList({ chat, name, timeline, state }: MessageListProps): ReactNode {
  const t = useTranslations('chat');
  const ownAccountId = useOpenApp().client.self.accountId;
  const { records, waiting, hasEarlier, isLoaded } = state;
  const items = useMemo(() => timelineItems({ records, waiting, ownAccountId }), [records, waiting, ownAccountId]);
  const list = useScrolledList(timeline, items.length, waiting.length);
  const isShift = useIsPrepended(items, records[0]?.seq);
  return (
    <div className="messages">
      <div className="messages-scroll" ref={list.scroller} role="log" aria-label={t('log', { name })} tabIndex={0}>
        <div className="messages-space" />
        {isLoaded && !hasEarlier && (
          <p className="chat-begun">
            <LockKeyhole size={14} aria-hidden="true" /> {t('begun')}
          </p>
        )}
        <Virtualizer ref={list.handle} scrollRef={list.scroller} shift={isShift} onScroll={list.onScroll}>
          {items.map((item) => (
            <TimelineLine key={item.key} item={item} chat={chat} timeline={timeline} />
          ))}
        </Virtualizer>
      </div>
      {!list.isAtEnd && (
        <IconButton label={t('scrollDown')} className="scroll-down" onClick={list.scrollToEnd}>
          <ArrowDown size={20} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

function useScrolledList(timeline: Timeline, count: number, waiting: number) {
  const scroller = useRef<HTMLDivElement>(null);
  const handle = useRef<VirtualizerHandle>(null);
  const follows = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const scrollToEnd = (): void => handle.current?.scrollToIndex(count - 1, { align: 'end' });

  const onScroll = (offset: number): void => {
    const { scrollSize = 0, viewportSize = 0 } = handle.current ?? {};
    follows.current = scrollSize - viewportSize - offset < NEAR_END_PX;
    setAtEnd(follows.current);
    if (offset < NEAR_START_PX && timeline.state.get().hasEarlier) void timeline.loadEarlier();
  };
  useLayoutEffect(() => {
    if (follows.current && count > 0) handle.current?.scrollToIndex(count - 1, { align: 'end' });
  }, [count]);
  // Who writes wants to see it.
  const waitedBefore = useRef(waiting);
  useEffect(() => {
    if (waiting > waitedBefore.current) handle.current?.scrollToIndex(count - 1, { align: 'end' });
    waitedBefore.current = waiting;
  }, [waiting, count]);
  return { scroller, handle, isAtEnd, onScroll, scrollToEnd };
}

/** Whether the last change was at the start of the list: what is read then stays where it is. */
function useIsPrepended(items: readonly TimelineItem[], oldest: number | undefined): boolean {
  const [seen, setSeen] = useState({ items, oldest, isPrepended: false });
  if (seen.items !== items)
    setSeen({ items, oldest, isPrepended: seen.oldest !== undefined && seen.oldest !== oldest });
  return seen.isPrepended;
}
