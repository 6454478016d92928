import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';

/** A stranger wants to write: nothing comes through before the answer. */
export function Invitation({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const t = useTranslations('chat');
  const { conversations } = useOpenApp().client;
  const { isBusy, problem, attempt } = useAttempt();
  return (
    <div className="invitation">
      <p>{t('invited', { name })}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <div className="button-row">
        <Button onClick={() => void attempt(() => conversations.leave(id))}>{t('decline')}</Button>
        <Button kind="primary" isBusy={isBusy} onClick={() => void attempt(() => conversations.accept(id))}>
          {t('accept')}
        </Button>
      </div>
    </div>
  );
}
