import { useState } from 'react';
import { errorCode } from '../client/error-code.js';
import { useErrorText } from './error-text.js';

interface Attempt {
  readonly isBusy: boolean;
  /** Why it did not work the last time. */
  readonly problem: string | undefined;
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Something that takes a while, once at a time, and may be refused.
 *
 * @param ownText what a page says of some codes in words of its own; of the others, or where that is empty, it is what all say.
 */
export function useAttempt(ownText?: (code: string) => string): Attempt {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const errorText = useErrorText();
  const attempt = async (work: () => Promise<void>): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await work();
    } catch (error) {
      const code = errorCode(error);
      // Whoever has closed a window knows that nothing was done.
      if (code === 'cancelled') return;
      const own = ownText?.(code) ?? '';
      setProblem(own === '' ? errorText(error) : own);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, attempt };
}
