import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { AccountCard } from './account-card.js';

/** Instead of the app, where the browser has no cryptography for it. */
export function InsecureOrigin(): ReactNode {
  const t = useTranslations('opening');
  const secure = `https://${location.hostname}/`;
  return (
    <AccountCard title={t('insecureTitle')} lead={t('insecureLead')}>
      <h2>{t('insecureTry')}</h2>
      <ul className="steps">
        <li>{t.rich('insecureHttps', { link: () => <a href={secure}>{secure}</a> })}</li>
        <li>{t('insecureLocal')}</li>
        <li>{t('insecureOperator')}</li>
      </ul>
    </AccountCard>
  );
}
