import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Announcement } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useLanguage } from '../i18n/i18n.js';
import { useObservable } from '../state/observable.js';
import { IconButton } from '../ui/button.js';
import { dismiss, dismissed } from './dismissed.js';
import { useAnnouncements } from './use-announcements.js';

/** What whoever runs the server tells everybody, as text and nothing else, until it is put away. */
export function AnnouncementBanner(): ReactNode {
  const { client } = useOpenApp();
  const announcements = useAnnouncements(client);
  const away = useObservable(dismissed);
  return announcements
    .filter(({ id }) => !away.includes(id))
    .map((announcement) => <Banner key={announcement.id} announcement={announcement} />);
}

function Banner({ announcement }: { readonly announcement: Announcement }): ReactNode {
  const t = useTranslations('announced');
  const { language } = useLanguage();
  const { id, severity, text, textEn, textDe } = announcement;
  const own = language === 'de' ? textDe : textEn;
  const tone = severity === 'urgent' ? 'error' : severity === 'warning' ? 'warning' : 'info';
  return (
    <div className={`notice notice-${tone} announcement`} role="status">
      <div className="announcement-words">
        <strong>{t('from', { severity })}</strong>
        <span className="announcement-text" {...(own === null ? {} : { lang: language })}>
          {own ?? text}
        </span>
      </div>
      <IconButton label={t('dismiss')} onClick={() => dismiss(id)}>
        <X size={18} aria-hidden="true" />
      </IconButton>
    </div>
  );
}
