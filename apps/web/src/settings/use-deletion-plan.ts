import { useEffect, useEffectEvent, useState } from 'react';
import type { DeletionPlan } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useErrorText } from '../ui/error-text.js';

const DAY_MS = 86_400_000;

interface Planned extends DeletionPlan {
  /** Until when the account can be kept, asked for now. */
  readonly dueAtMs: number;
}

/** What comes of deleting this account, and why that cannot be said. */
export function useDeletionPlan(): { readonly plan: Planned | undefined; readonly problem: string | undefined } {
  const { client } = useOpenApp();
  const [plan, setPlan] = useState<Planned>();
  const [problem, setProblem] = useState<string>();
  const errorText = useErrorText();
  const show = (found: DeletionPlan): void => setPlan({ ...found, dueAtMs: Date.now() + found.graceDays * DAY_MS });
  const fail = useEffectEvent((error: unknown) => setProblem(errorText(error)));
  useEffect(() => {
    client.deletionPlan().then(show, fail);
  }, [client]);
  return { plan, problem };
}
