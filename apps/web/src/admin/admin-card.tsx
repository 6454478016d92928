import { UserCog } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useOpenApp } from '../client/contexts.js';

/** The way to the administration, for those who have one. */
export function AdminCard(): ReactNode {
  const t = useTranslations('admin');
  const { client } = useOpenApp();
  const [isAdmin, setAdmin] = useState(false);
  useEffect(() => {
    // Out of reach, it cannot be used either.
    client.admin.isAdmin().then(setAdmin, () => setAdmin(false));
  }, [client]);
  if (!isAdmin) return null;
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <div className="setting">
        <span>{t('cardHint')}</span>
        <Link className="button button-plain" href="/settings/admin">
          <UserCog size={18} aria-hidden="true" />
          {t('open')}
        </Link>
      </div>
    </section>
  );
}
