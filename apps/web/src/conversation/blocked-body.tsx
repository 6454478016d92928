import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';

interface BlockedBodyProps {
  readonly senderAccountId: string | null;
  readonly children: ReactNode;
}

/** In a group, what somebody writes who was blocked is there when its reader asks for it. */
export function BlockedBody({ senderAccountId, children }: BlockedBodyProps): ReactNode {
  const t = useTranslations('contacts');
  const isBlocked = useObservable(useOpenApp().contactBook.blocked).has(senderAccountId ?? '');
  const [isShown, setShown] = useState(false);
  if (!isBlocked || isShown) return children;
  return (
    <span className="text text-blocked">
      {t('blockedMessage')}{' '}
      <button type="button" className="text-button" onClick={() => setShown(true)}>
        {t('showMessage')}
      </button>
    </span>
  );
}
