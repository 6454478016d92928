import { useEffect, useState } from 'react';
import type { WaitingLink } from '#sdk';
import { useSession } from '../client/contexts.js';

/** What the other device has answered. */
export type AnsweredLink = Awaited<ReturnType<WaitingLink['answered']>>;

export type LinkStep =
  | { readonly kind: 'opening' }
  | { readonly kind: 'waiting'; readonly code: string }
  /** The words are compared, and then the password is asked for. */
  | { readonly kind: 'answered'; readonly link: AnsweredLink }
  | { readonly kind: 'failed'; readonly error: unknown };

interface Waiting {
  readonly step: LinkStep;
  readonly fail: (error: unknown) => void;
  /** With another code. */
  readonly again: () => void;
}

/** Shows a code and waits for the device that reads it, as long as its page is there. */
export function useWaitingLink(): Waiting {
  const session = useSession();
  const [round, setRound] = useState(0);
  const [step, setStep] = useState<LinkStep>({ kind: 'opening' });
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const show = (next: LinkStep): void => {
      if (!signal.aborted) setStep(next);
    };
    const wait = async (): Promise<void> => {
      const { code, answered } = await session.showLinkingCode(signal);
      show({ kind: 'waiting', code });
      show({ kind: 'answered', link: await answered({ signal }) });
    };
    wait().catch((error: unknown) => show({ kind: 'failed', error }));
    return () => leaving.abort();
  }, [session, round]);
  return {
    step,
    fail: (error) => setStep({ kind: 'failed', error }),
    again: () => {
      setStep({ kind: 'opening' });
      setRound(round + 1);
    },
  };
}
