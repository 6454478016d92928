import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useObservable } from '../state/observable.js';
import { isLockDelay, LOCK_DELAYS, lockDelay, rememberLockDelay } from './lock-delay.js';

/** When the account locks itself. */
export function LockDelaySetting(): ReactNode {
  const t = useTranslations('security');
  const delay = useObservable(lockDelay);
  return (
    <label className="setting">
      <span>
        {t('lockAfter')}
        <small className="setting-hint">{t('lockAfterHint')}</small>
      </span>
      <select value={delay} onChange={({ target }) => isLockDelay(target.value) && rememberLockDelay(target.value)}>
        {LOCK_DELAYS.map((one) => (
          <option key={one} value={one}>
            {t('lockDelay', { delay: one })}
          </option>
        ))}
      </select>
    </label>
  );
}
