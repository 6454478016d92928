import { Server } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useOpenApp } from '../client/contexts.js';
import { useAnswer } from './use-answer.js';

/** For admins: others are not shown what they cannot open. */
export function ServerLinkCard(): ReactNode {
  const t = useTranslations('server');
  const { client } = useOpenApp();
  const { answer } = useAnswer(() => client.admin.isAdmin());
  if (answer !== true) return null;
  return (
    <section className="card">
      <h2>{t('title')}</h2>
      <div className="setting">
        <span>{t('linkHint')}</span>
        <Link className="button button-plain" href="/settings/server">
          <Server size={18} aria-hidden="true" />
          {t('open')}
        </Link>
      </div>
    </section>
  );
}
