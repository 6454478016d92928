import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';

/** The way to who may write to this account. */
export function ContactsCard(): ReactNode {
  const t = useTranslations('contacts');
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <div className="setting">
        <span>{t('hint')}</span>
        <Link className="button button-plain" href="/settings/contacts">
          <Users size={18} aria-hidden="true" />
          {t('manage')}
        </Link>
      </div>
    </section>
  );
}
