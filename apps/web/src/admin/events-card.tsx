import { ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';

/** The way to security events: of an account, or of all. */
export function EventsCard({ username }: { readonly username?: string }): ReactNode {
  const t = useTranslations('admin');
  const isOfOne = username !== undefined;
  return (
    <section className="card">
      <h2>{t('events')}</h2>
      <div className="setting">
        <span>{isOfOne ? t('eventsOfHint') : t('eventsHint')}</span>
        <Link
          className="button button-plain"
          href={isOfOne ? `/settings/admin/users/${username}/events` : '/settings/admin/events'}
        >
          <ScrollText size={18} aria-hidden="true" />
          {t('showEvents')}
        </Link>
      </div>
    </section>
  );
}
