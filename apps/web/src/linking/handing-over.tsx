import { type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useOpenApp } from '../client/contexts.js';
import { Notice } from '../ui/notice.js';

/** How far the new device has come, after both have confirmed. */
export function HandingOver(): ReactNode {
  const t = useTranslations('linking');
  const progress = useProgress();
  return (
    <>
      <Notice tone="info">{t(progress)}</Notice>
      <Link className="button button-primary" href="/settings/devices">
        {t('back')}
      </Link>
    </>
  );
}

function useProgress(): 'handedOver' | 'arrived' | 'complete' {
  const { client } = useOpenApp();
  const [hasArrived, setArrived] = useState(false);
  const [isHandedOver, setHandedOver] = useState(false);
  useEffect(
    () =>
      client.listen(({ kind }) => {
        if (kind === 'devices') setArrived(true);
        if (kind === 'historyHandedOver') setHandedOver(true);
      }),
    [client],
  );
  // Where there is little to hand over it lies ready before the new device has signed in.
  if (!hasArrived) return 'handedOver';
  return isHandedOver ? 'complete' : 'arrived';
}
