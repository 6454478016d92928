import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useSession } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { Button } from '../ui/button.js';
import { PlainDialog } from '../ui/plain-dialog.js';

/** The window that asks whether to keep an account that is to be deleted. Whoever closes it leaves that as it is. */
export function KeepAccount(): ReactNode {
  const t = useTranslations('keeping');
  const format = useFormatter();
  const ask = useObservable(useSession().keeps.pending);
  if (ask === undefined) return null;
  const date = format.dateTime(new Date(ask.dueAt), { dateStyle: 'long' });
  return (
    <PlainDialog isOpen onClose={() => ask.answer(false)} title={t('title')}>
      <p className="lead">{t('lead', { date })}</p>
      <div className="button-row button-row-end">
        <Button onClick={() => ask.answer(false)}>{t('leave')}</Button>
        <Button kind="primary" onClick={() => ask.answer(true)}>
          {t('keep')}
        </Button>
      </div>
    </PlainDialog>
  );
}
