import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { OfflineNotice } from '../ui/offline-notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { AnnouncementsCard } from './announcements-card.js';
import { InvitationsCard } from './invitations-card.js';
import { RegistrationCard } from './registration-card.js';
import { RetentionBoundCard } from './retention-bound-card.js';
import { StatisticsCard } from './statistics-card.js';

/** What admins decide for the whole server, and see of it. */
export function ServerPage(): ReactNode {
  const t = useTranslations('server');
  return (
    <main className="pane">
      <PaneHead title={t('title')} back="/settings/admin" />
      <div className="pane-body">
        <OfflineNotice />
        <RegistrationCard />
        <InvitationsCard />
        <RetentionBoundCard />
        <AnnouncementsCard />
        <StatisticsCard />
      </div>
    </main>
  );
}
