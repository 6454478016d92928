import { Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';

/** The way from the administration to what is decided for the whole server. */
export function ServerLinkCard(): ReactNode {
  const t = useTranslations('server');
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <div className="setting">
        <span>{t('linkHint')}</span>
        <Link className="button button-plain" href="/settings/admin/server">
          <Server size={18} aria-hidden="true" />
          {t('open')}
        </Link>
      </div>
    </section>
  );
}
