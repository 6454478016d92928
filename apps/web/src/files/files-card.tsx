import { Files } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';

/** The way to the files of a chat, among what is said about it. */
export function FilesCard({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations('files');
  return (
    <section className="card">
      <h3>
        <Files size={18} aria-hidden="true" /> {t('card')}
      </h3>
      <div className="setting">
        <small className="setting-hint">{t('cardHint')}</small>
        <Link className="button button-plain" href={`/chats/${id}/files`}>
          {t('showAll')}
        </Link>
      </div>
    </section>
  );
}
