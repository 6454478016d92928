import { useCallback, useEffect, useState } from 'react';
import { useSearch } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';
import type { Timeline } from './timeline.js';

/** Where somebody wants to be in a chat. */
export interface JumpTarget {
  readonly seq: number;
  /** Counts the jumps: somebody may want to be at the same place again. */
  readonly turn: number;
}

/** What goes with an address that names a place in a chat: by it, each visit can be told from the one before. */
export const OF_ONE_VISIT = {};

/** Goes to a message, however far back: one that the address names (`?at=`), or one that was asked for. */
export function useJump(timeline: Timeline, isLoaded: boolean) {
  const [target, setTarget] = useState<JumpTarget>();
  const jumpTo = useCallback(
    (seq: number): void => {
      void timeline.reach(seq).then(() => setTarget((before) => ({ seq, turn: (before?.turn ?? 0) + 1 })));
    },
    [timeline],
  );
  const at = Number(new URLSearchParams(useSearch()).get('at') ?? NaN);
  // The browser hands out a copy for each visit, so that it is another object also where the address is the same.
  const visit: unknown = useHistoryState();
  useEffect(() => {
    if (isLoaded && Number.isSafeInteger(at)) jumpTo(at);
  }, [isLoaded, at, jumpTo, visit]);
  return { jumpTo, target };
}
