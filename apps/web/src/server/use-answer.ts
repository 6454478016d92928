import { useEffect, useEffectEvent, useState } from 'react';
import { useOpenApp } from '../client/contexts.js';
import { useErrorText } from '../ui/error-text.js';

interface Answered<T> {
  /** Undefined until the server has answered. */
  readonly answer: T | undefined;
  readonly problem: string | undefined;
  /** Asks again, after a change. */
  readonly ask: () => Promise<void>;
}

/** What the server says to a question, for who has the page open. */
export function useAnswer<T>(question: () => Promise<T>): Answered<T> {
  const { client } = useOpenApp();
  const [answer, setAnswer] = useState<T>();
  const [problem, setProblem] = useState<string>();
  const errorText = useErrorText();
  const ask = async (): Promise<void> => {
    const show = (answered: T | undefined, error?: unknown): void => {
      if (answered !== undefined) setAnswer(answered);
      setProblem(error === undefined ? undefined : errorText(error));
    };
    try {
      show(await question());
    } catch (error) {
      show(undefined, error);
    }
  };
  const load = useEffectEvent(() => void ask());
  useEffect(() => load(), [client]);
  return { answer, problem, ask };
}
