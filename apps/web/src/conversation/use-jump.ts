import { useCallback, useEffect, useState } from 'react';
import { useSearch } from 'wouter';
import type { Timeline } from './timeline.js';

/** Where somebody wants to be in a chat. Another object means that they want it again. */
export interface JumpTarget {
  readonly seq: number;
}

/** Goes to a message, however far back: one that the address names (`?at=`), or one that was asked for. */
export function useJump(timeline: Timeline, isLoaded: boolean) {
  const [target, setTarget] = useState<JumpTarget>();
  const jumpTo = useCallback(
    (seq: number): void => {
      void timeline.reach(seq).then(() => setTarget({ seq }));
    },
    [timeline],
  );
  const at = Number(new URLSearchParams(useSearch()).get('at') ?? NaN);
  useEffect(() => {
    if (isLoaded && Number.isSafeInteger(at)) jumpTo(at);
  }, [isLoaded, at, jumpTo]);
  return { jumpTo, target };
}
