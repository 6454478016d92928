import { ArrowDown, LockKeyhole } from 'lucide-react';
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl';
import { Virtualizer } from 'virtua';
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
  const scroller = useRef<HTMLDivElement>(null);
  const counts = { all: items.length, waiting: waiting.length };
  const { isAtEnd, onScroll, scrollToEnd } = useFollowing(scroller, timeline, counts);
  const isShift = useIsPrepended(items, records[0]?.seq);
  return (
    <div className="messages">
      <div className="messages-scroll" ref={scroller} role="log" aria-label={t('log', { name })} tabIndex={0}>
        <div className="messages-space" />
        <Virtualizer scrollRef={scroller} shift={isShift} onScroll={onScroll}>
          {isLoaded && !hasEarlier && (
            <p className="chat-begun">
              <LockKeyhole size={14} aria-hidden="true" /> {t('begun')}
            </p>
          )}
          {items.map((item) => (
            <TimelineLine key={item.key} item={item} chat={chat} timeline={timeline} />
          ))}
        </Virtualizer>
      </div>
      {!isAtEnd && (
        <IconButton label={t('scrollDown')} className="scroll-down" onClick={scrollToEnd}>
          <ArrowDown size={20} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

interface Counts {
  readonly all: number;
  readonly waiting: number;
}

/** Stays at the end while somebody is there, and fetches what was before as they go back. */
function useFollowing(scroller: RefObject<HTMLElement | null>, timeline: Timeline, { all, waiting }: Counts) {
  const follows = useRef(true);
  const lastOffset = useRef(0);
  const [isAtEnd, setAtEnd] = useState(true);
  // Not to the last line: what stands before the first one counts as well.
  const scrollToEnd = useCallback(() => {
    const { current } = scroller;
    current?.scrollTo({ top: current.scrollHeight });
  }, [scroller]);

  const onScroll = (): void => {
    const { scrollHeight = 0, clientHeight = 0, scrollTop: offset = 0 } = scroller.current ?? {};
    if (scrollHeight - clientHeight - offset < NEAR_END_PX) follows.current = true;
    // Lines that grow leave the end behind; only who goes back wants to.
    else if (offset < lastOffset.current) follows.current = false;
    lastOffset.current = offset;
    setAtEnd(follows.current);
    if (offset < NEAR_START_PX && timeline.state.get().hasEarlier) void timeline.loadEarlier();
  };
  useLayoutEffect(() => {
    if (follows.current) scrollToEnd();
  }, [all, scrollToEnd]);
  // A window that is made smaller, or a keyboard that comes up, must not cover what is new.
  useEffect(() => {
    const observer = new ResizeObserver(() => {
      if (follows.current) scrollToEnd();
    });
    for (const part of [scroller.current, scroller.current?.lastElementChild]) if (part) observer.observe(part);
    return () => observer.disconnect();
  }, [scroller, scrollToEnd]);
  // Who writes wants to see it.
  const waitedBefore = useRef(waiting);
  useEffect(() => {
    if (waiting > waitedBefore.current) scrollToEnd();
    waitedBefore.current = waiting;
  }, [waiting, scrollToEnd]);
  return { isAtEnd, onScroll, scrollToEnd };
}

/** Whether the last change was at the start of the list: what is read then stays where it is. */
function useIsPrepended(items: readonly TimelineItem[], oldest: number | undefined): boolean {
  const [seen, setSeen] = useState({ items, oldest, isPrepended: false });
  if (seen.items !== items)
    setSeen({ items, oldest, isPrepended: seen.oldest !== undefined && seen.oldest !== oldest });
  return seen.isPrepended;
}
