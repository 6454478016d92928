import { useEffect } from 'react';
import type { OpenApp } from '../client/contexts.js';
import { areWakeUpsOn } from './wake-up-choice.js';
import { goOnWaking } from './wake-ups.js';

/** Goes on being woken, if whoever uses this browser wants that. */
export function useWakeUps({ client }: OpenApp): void {
  useEffect(() => {
    if (areWakeUpsOn.get()) void goOnWaking(client);
  }, [client]);
}
