import { useEffect, useEffectEvent, useState } from 'react';
import type { AccountDevice, SecurityEvent } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useErrorText } from '../ui/error-text.js';

interface Looked {
  /** The newest first. */
  readonly events: readonly SecurityEvent[];
  readonly nextCursor: string | null;
  readonly devices: readonly AccountDevice[];
}

interface Listed {
  /** Undefined until the relay has answered. */
  readonly looked: Looked | undefined;
  readonly problem: string | undefined;
  /** Looks up earlier ones, or the first again if there was a problem. */
  readonly loadMore: () => Promise<void>;
}

/** What the relay has put down about this account, a page at a time. */
export function useSecurityEvents(): Listed {
  const { client } = useOpenApp();
  const [looked, setLooked] = useState<Looked>();
  const [problem, setProblem] = useState<string>();
  const errorText = useErrorText();
  const loadMore = async (): Promise<void> => {
    const cursor = looked?.nextCursor ?? undefined;
    const show = (next: Looked | undefined, error?: unknown): void => {
      if (next !== undefined) setLooked(next);
      setProblem(error === undefined ? undefined : errorText(error));
    };
    try {
      const [page, devices] = await Promise.all([client.security.events({ cursor }), client.devices.list()]);
      show({ events: [...(looked?.events ?? []), ...page.items], nextCursor: page.nextCursor, devices });
    } catch (error) {
      show(undefined, error);
    }
  };
  const load = useEffectEvent(() => void loadMore());
  useEffect(() => load(), [client]);
  return { looked, problem, loadMore };
}
