import { useState } from 'react';
import { useErrorText } from './error-text.js';

interface Attempt {
  readonly isBusy: boolean;
  /** Why it did not work the last time. */
  readonly problem: string | undefined;
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
}

/** Something that takes a while, once at a time, and may be refused. */
export function useAttempt(): Attempt {
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
      setProblem(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, attempt };
}
