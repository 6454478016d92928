import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';

interface WordsProps {
  readonly words: readonly string[];
  readonly isBusy?: boolean;
  readonly onSame: () => void;
  readonly onDiffer: () => void;
}

/** What whoever holds two devices compares: equal words mean that nobody stands between them. */
export function Words({ words, isBusy = false, onSame, onDiffer }: WordsProps): ReactNode {
  const t = useTranslations('linking');
  const list = useRef<HTMLOListElement>(null);
  // What was pressed before is gone, and these are what it is about now: they are read out.
  useEffect(() => list.current?.focus(), []);
  return (
    <>
      <ol ref={list} className="link-words" tabIndex={-1} aria-label={t('words')} translate="no">
        {words.map((word, index) => (
          // Each stands at its place for good.
          <li key={index}>{word}</li>
        ))}
      </ol>
      <div className="button-row">
        <Button kind="danger" onClick={onDiffer}>
          {t('differ')}
        </Button>
        <Button kind="primary" isBusy={isBusy} onClick={onSame}>
          {t('same')}
        </Button>
      </div>
    </>
  );
}
