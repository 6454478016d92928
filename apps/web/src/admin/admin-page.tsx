import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { OfflineNotice } from '../ui/offline-notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { ServerLinkCard } from '../server/server-link-card.js';
import { EventsCard } from './events-card.js';
import { ResetsCard } from './resets-card.js';
import { UsersCard } from './users-card.js';

/** What waits for an admin, and the accounts of the server. */
export function AdminPage(): ReactNode {
  const t = useTranslations('admin');
  return (
    <main className="pane">
      <PaneHead title={t('title')} back="/settings" />
      <div className="pane-body">
        <OfflineNotice />
        <p className="lead">{t('lead')}</p>
        <ServerLinkCard />
        <EventsCard />
        <ResetsCard />
        <UsersCard />
      </div>
    </main>
  );
}
