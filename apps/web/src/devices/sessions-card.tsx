import { LogOut } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { AccountDevice, AccountSession } from '#sdk';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';

interface SessionsCardProps {
  readonly sessions: readonly AccountSession[];
  readonly devices: readonly AccountDevice[];
  readonly onChanged: () => Promise<void>;
}

/** Where the account is signed in, and the way to end that. */
export function SessionsCard({ sessions, devices, onChanged }: SessionsCardProps): ReactNode {
  const t = useTranslations('devices');
  const nameOf = (deviceId: string): string => devices.find(({ id }) => id === deviceId)?.name ?? t('unknownDevice');
  return (
    <section className="card">
      <h2>{t('sessions')}</h2>
      <p className="lead">{t('sessionsHint')}</p>
      <ul className="people sessions">
        {sessions.map((session) => (
          <li key={session.id}>
            <SessionLine session={session} name={nameOf(session.deviceId)} onEnded={onChanged} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface SessionLineProps {
  readonly session: AccountSession;
  readonly name: string;
  readonly onEnded: () => Promise<void>;
}

function SessionLine({ session, name, onEnded }: SessionLineProps): ReactNode {
  const t = useTranslations('devices');
  const format = useFormatter();
  const [isAsked, setAsked] = useState(false);
  const { client } = useOpenApp();
  const { factors } = useSession();
  const shown = (at: string): string => format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <div className="person-row">
      <div className="person session">
        <span className="person-name">
          {name}
          {session.current && <span className="tag">{t('thisSession')}</span>}
        </span>
        <span className="person-note">
          {t('signedInAt', { at: shown(session.createdAt), used: shown(session.lastUsedAt) })}
        </span>
      </div>
      {!session.current && (
        <Button aria-label={t('signOutOf', { name })} onClick={() => setAsked(true)}>
          <LogOut size={18} aria-hidden="true" />
          {t('signOut')}
        </Button>
      )}
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('signOutTitle', { name })}
        lead={t('signOutLead')}
        action={t('signOut')}
        onConfirm={() => factors.around(client, () => client.sessions.end(session.id)).then(onEnded)}
      />
    </div>
  );
}
