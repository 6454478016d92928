import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { AdminUser } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useSizeText } from '../files/file-words.js';
import { AllowanceCard } from '../server/allowance-card.js';
import { Notice } from '../ui/notice.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { dayText } from './day-text.js';
import { EventsCard } from './events-card.js';
import { useAdminAttempt } from './use-admin-attempt.js';
import { UserActions } from './user-actions.js';

/** What an account is, and what an admin can do about it. */
export function UserPage({ username }: { readonly username: string }): ReactNode {
  const t = useTranslations('admin');
  const { client } = useOpenApp();
  const [user, setUser] = useState<AdminUser>();
  const { problem, attempt } = useAdminAttempt();
  const look = (): Promise<void> => attempt(async () => setUser(await client.admin.user(username)));
  const begin = useEffectEvent(look);
  useEffect(() => void begin(), []);
  return (
    <main className="pane">
      <PaneHead title={username} back="/settings/admin" />
      <div className="pane-body">
        <OfflineNotice />
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        {user === undefined && problem === undefined && <p role="status">{t('loading')}</p>}
        {user !== undefined && (
          <>
            <FactsCard user={user} />
            <UserActions user={user} onDone={look} />
            <AllowanceCard username={username} />
            <EventsCard username={username} />
          </>
        )}
      </div>
    </main>
  );
}

function FactsCard({ user }: { readonly user: AdminUser }): ReactNode {
  const t = useTranslations('admin');
  const format = useFormatter();
  const sizeText = useSizeText();
  const { displayName, createdAt, state, admin, suspension, lastSeenDay, devices, sessions } = user;
  const dayOf = (at: string): string => format.dateTime(new Date(at), { dateStyle: 'medium' });
  const facts: readonly (readonly [string, string])[] = [
    [t('displayName'), displayName],
    [t('stateLabel'), [t('state', { state }), ...(admin ? [t('isAdmin')] : [])].join(', ')],
    [t('registered'), dayOf(createdAt)],
    [t('seen'), t('lastSeen', { day: dayText(format, lastSeenDay) })],
    [t('devices'), format.number(devices)],
    [t('sessions'), t('sessionsCount', { sessions })],
    [t('secondFactor'), t('hasFactor', { has: String(user.secondFactor) })],
    [t('stored'), sizeText(user.storedBytes)],
  ];
  return (
    <section className="card">
      <h2>{t('facts')}</h2>
      {suspension !== null && (
        <Notice tone="info">
          {t('suspendedBy', {
            at: dayOf(suspension.at),
            by: suspension.by ?? t('somebodyGone'),
            reason: suspension.reason,
          })}
        </Notice>
      )}
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name} className="setting">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
