import { MonitorSmartphone } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';

/** The way to all devices of this account. */
export function DevicesCard(): ReactNode {
  const t = useTranslations('devices');
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <div className="setting">
        <span>{t('hint')}</span>
        <Link className="button button-plain" href="/settings/devices">
          <MonitorSmartphone size={18} aria-hidden="true" />
          {t('manage')}
        </Link>
      </div>
    </section>
  );
}
