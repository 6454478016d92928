import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { AccountCard } from './account-card.js';

/** The browser has deleted what was stored, or could not read it any more: this device is gone, and its account is not. */
export function LostPage(): ReactNode {
  const t = useTranslations('kept');
  const session = useSession();
  const [, navigate] = useLocation();
  const begin = async (path: string): Promise<void> => {
    await session.startAnew();
    navigate(path);
  };
  return (
    <AccountCard title={t('lostTitle')} lead={t('lostLead')}>
      <ul className="steps">
        <li>{t('lostNothingRead')}</li>
        <li>{t('lostNewDevice')}</li>
        <li>{t('lostHistory')}</li>
      </ul>
      <div className="button-row">
        <Button kind="primary" onClick={() => void begin('/sign-in')}>
          {t('lostSignIn')}
        </Button>
        <Button onClick={() => void begin('/recover')}>{t('lostRecover')}</Button>
      </div>
    </AccountCard>
  );
}
