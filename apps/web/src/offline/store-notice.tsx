import { type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { unlessGone } from '../client/error-code.js';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { Notice } from '../ui/notice.js';
import { StoreState } from './store-state.js';

/** While nothing can be stored here: what that means, and what to do. */
export function StoreNotice(): ReactNode {
  const t = useTranslations('kept');
  const { client } = useOpenApp();
  const [state] = useState(() => new StoreState());
  useEffect(() => client.listen((event) => state.hear(event)), [client, state]);
  const trouble = useObservable(state.trouble);
  if (trouble === undefined) return null;
  return (
    <Notice tone="error">
      <span>{t('storeTrouble', { trouble })}</span>
      <button type="button" className="text-button" onClick={() => void unlessGone(client.reconnect())}>
        {t('storeTryAgain')}
      </button>
    </Notice>
  );
}
