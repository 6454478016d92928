import { ArrowDown, LockKeyhole } from 'lucide-react';
import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslations } from 'use-intl';
import { Virtualizer, type VirtualizerHandle } from 'virtua';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { IconButton } from '../ui/button.js';
import { useOpenChat } from './open-chat.js';
import type { Timeline, TimelineState } from './timeline.js';
import { TimelineLine } from './timeline-line.js';
import { isSilent, type TimelineItem, timelineItems } from './timeline-items.js';
import type { JumpTarget } from './use-jump.js';

/** So near to the end somebody follows what comes. */
const NEAR_END_PX = 120;
/** So near to the start the page before is fetched. */
const NEAR_START_PX = 600;

interface MessageListProps {
  readonly name: string;
  readonly state: TimelineState;
  /** Where somebody wants to be. */
  readonly target: JumpTarget | undefined;
}

/** The messages of a chat. It opens at its end, stays there while new ones come, and goes back as far as there are any. */
export function MessageList({ name, state, target }: MessageListProps): ReactNode {
  const t = useTranslations('chat');
  const { timeline } = useOpenChat();
  const { hasEarlier, isLoaded, waiting, records } = state;
  const items = useItems(state);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const oldest = records[0]?.seq;
  const counts = { all: items.length, waiting: waiting.filter(({ content }) => !isSilent(content)).length, oldest };
  const { isAtEnd, onScroll, scrollToEnd, leaveEnd } = useFollowing(scroller, timeline, counts);
  const isShift = useIsPrepended(items, oldest);
  const isBegun = isLoaded && !hasEarlier;
  const found = items.findIndex((item) => item.kind === 'message' && item.record.seq === target?.seq);
  const scrollTo = useEffectEvent(() => {
    if (found === -1) return;
    leaveEnd();
    list.current?.scrollToIndex(found + (isBegun ? 1 : 0), { align: 'center' });
  });
  useLayoutEffect(() => scrollTo(), [target]);
  return (
    <div className="messages">
      <div className="messages-scroll" ref={scroller} role="log" aria-label={t('log', { name })} tabIndex={0}>
        <div className="messages-space" />
        <Virtualizer ref={list} scrollRef={scroller} shift={isShift} onScroll={onScroll}>
          {isBegun && <Beginning />}
          {items.map((item, index) => (
            <TimelineLine key={item.key} item={item} jump={index === found ? target : undefined} />
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

/** What stands before the first message. */
function Beginning(): ReactNode {
  const t = useTranslations('chat');
  return (
    <p className="chat-begun">
      <LockKeyhole size={14} aria-hidden="true" /> {t('begun')}
    </p>
  );
}

/** The lines, as far as there is something to read, with where somebody had read to when the chat was opened. */
function useItems({ records, changes, waiting, lost }: TimelineState): TimelineItem[] {
  const { client, peers } = useOpenApp();
  const { conversation } = useOpenChat().chat;
  const ownAccountId = client.self.accountId;
  const allNotes = useObservable(peers.notes);
  const [readUpTo] = useState(conversation.unread > 0 ? conversation.readUpTo : undefined);
  return useMemo(() => {
    const notes = allNotes.filter((note) => conversation.members.some(({ accountId }) => accountId === note.accountId));
    return timelineItems({ records, changes, waiting, ownAccountId, notes, readUpTo, lost });
  }, [records, changes, waiting, ownAccountId, allNotes, conversation.members, readUpTo, lost]);
}

interface Counts {
  readonly all: number;
  readonly waiting: number;
  /** Position of the first message that has been fetched. */
  readonly oldest: number | undefined;
}

/** Stays at the end while somebody is there, and fetches what was before as they go back. */
function useFollowing(scroller: RefObject<HTMLElement | null>, timeline: Timeline, { all, waiting, oldest }: Counts) {
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
  // What is missing takes little room: there is nothing to scroll by which more would come.
  useEffect(() => {
    const { scrollHeight = 0, clientHeight = 0 } = scroller.current ?? {};
    if (timeline.state.get().hasEarlier && scrollHeight <= clientHeight) void timeline.loadEarlier();
  }, [scroller, timeline, oldest]);
  // Who writes wants to see it.
  const waitedBefore = useRef(waiting);
  useEffect(() => {
    if (waiting > waitedBefore.current) scrollToEnd();
    waitedBefore.current = waiting;
  }, [waiting, scrollToEnd]);
  const leaveEnd = (): void => {
    follows.current = false;
  };
  return { isAtEnd, onScroll, scrollToEnd, leaveEnd };
}

/** Whether the last change was at the start of the list: what is read then stays where it is. */
function useIsPrepended(items: readonly TimelineItem[], oldest: number | undefined): boolean {
  const [seen, setSeen] = useState({ items, oldest, isPrepended: false });
  if (seen.items !== items)
    setSeen({ items, oldest, isPrepended: seen.oldest !== undefined && seen.oldest !== oldest });
  return seen.isPrepended;
}
