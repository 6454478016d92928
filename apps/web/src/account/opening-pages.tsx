import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Logo } from '../ui/logo.js';
import { AccountCard } from './account-card.js';

export function OpeningPage(): ReactNode {
  const t = useTranslations('opening');
  return (
    <main className="account-page" aria-busy="true" aria-label={t('loading')}>
      <Logo size={56} />
    </main>
  );
}

export function ElsewherePage(): ReactNode {
  const t = useTranslations('opening');
  const session = useSession();
  return (
    <AccountCard title={t('elsewhereTitle')} lead={t('elsewhereLead')}>
      <Button kind="primary" onClick={() => void session.open({ steal: true })}>
        {t('useHere')}
      </Button>
    </AccountCard>
  );
}

export function UnavailablePage(): ReactNode {
  const t = useTranslations('opening');
  return (
    <AccountCard title={t('unavailableTitle')} lead={t('unavailableLead')}>
      <Button kind="primary" onClick={() => location.reload()}>
        {t('tryAgain')}
      </Button>
    </AccountCard>
  );
}

export function BrokenPage(): ReactNode {
  const t = useTranslations('opening');
  return (
    <AccountCard title={t('brokenTitle')} lead={t('brokenLead')}>
      <Button kind="primary" onClick={() => location.reload()}>
        {t('openAgain')}
      </Button>
    </AccountCard>
  );
}
