import { WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { Notice } from './notice.js';

/** While the relay cannot be reached: what that means for who writes. */
export function OfflineNotice(): ReactNode {
  const t = useTranslations('chats');
  const isOffline = useObservable(useOpenApp().chats.isOffline);
  if (!isOffline) return null;
  return (
    <Notice tone="warning">
      <WifiOff size={16} aria-hidden="true" /> {t('offline')}
    </Notice>
  );
}
