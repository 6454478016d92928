import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { AdminSecurityEvent, AdminSecurityEventPage } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { SaveEvents } from './save-events.js';
import { useAdminAttempt } from './use-admin-attempt.js';

/** What the audit log says of all accounts, or of one. */
export function EventsPage({ username }: { readonly username?: string }): ReactNode {
  const t = useTranslations('admin');
  const { shown, isBusy, problem, look } = useEvents(username);
  const back = username === undefined ? '/settings/admin' : `/settings/admin/users/${username}`;
  return (
    <main className="pane">
      <PaneHead title={username === undefined ? t('events') : t('eventsOf', { username })} back={back} />
      <div className="pane-body">
        <OfflineNotice />
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        {shown === undefined && problem === undefined && <p role="status">{t('loading')}</p>}
        {shown !== undefined && (
          <section className="card" aria-busy={isBusy}>
            <p className="lead">{t('eventsLead')}</p>
            <SaveEvents username={username} />
            <ul className="people sessions" aria-label={t('events')}>
              {shown.items.map((event) => (
                <li key={event.seq}>
                  <EventLine event={event} />
                </li>
              ))}
            </ul>
            {shown.nextCursor !== null && (
              <Button isBusy={isBusy} onClick={() => void look()}>
                {t('more')}
              </Button>
            )}
          </section>
        )}
      </div>
    </main>
  );
}

function useEvents(username: string | undefined) {
  const { client } = useOpenApp();
  const [shown, setShown] = useState<AdminSecurityEventPage>();
  const { isBusy, problem, attempt } = useAdminAttempt();
  const look = (): Promise<void> =>
    attempt(async () => {
      const { items, nextCursor } = await client.admin.securityEvents({
        username,
        cursor: shown?.nextCursor ?? undefined,
      });
      setShown({ items: [...(shown?.items ?? []), ...items], nextCursor });
    });
  const begin = useEffectEvent(look);
  useEffect(() => void begin(), []);
  return { shown, isBusy, problem, look };
}

/** In the words that its owner reads; which device it was is not told to admins. */
function EventLine({ event }: { readonly event: AdminSecurityEvent }): ReactNode {
  const t = useTranslations('admin');
  const tEvents = useTranslations('securityEvents');
  const format = useFormatter();
  const { kind, count, username, accountId, subject } = event;
  const who = username ?? (accountId === null ? t('eventOfNobody') : t('somebodyDeleted'));
  const at = new Date(event.at);
  return (
    <div className="person-row">
      <div className="person session">
        <span className="person-name">{tEvents('what', { kind, count: count ?? 1, subject: subject ?? '–' })}</span>
        <span className="person-note">
          {who}
          {subject !== null && <> → {subject}</>} ·{' '}
          <time dateTime={at.toISOString()}>{format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })}</time>
        </span>
      </div>
    </div>
  );
}
