import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useObservable } from '../state/observable.js';
import { Notice } from '../ui/notice.js';
import { keptApp } from './kept-app.js';

/** A newer version never takes the place of one that is in use: its user says when. */
export function UpdateNotice(): ReactNode {
  const t = useTranslations('kept');
  const isNewerHere = useObservable(keptApp.isNewerHere);
  if (!isNewerHere) return null;
  return (
    <Notice tone="info">
      <span>{t('newer')}</span>
      <button type="button" className="text-button" onClick={() => keptApp.takeNewer()}>
        {t('take')}
      </button>
    </Notice>
  );
}
