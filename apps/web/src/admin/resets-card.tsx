import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { MfaReset } from '#sdk';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Notice } from '../ui/notice.js';
import { useAdminAttempt, useAdminText } from './use-admin-attempt.js';

/** Resets of second factors, of which each takes one more admin. */
export function ResetsCard(): ReactNode {
  const t = useTranslations('admin');
  const { client } = useOpenApp();
  const [resets, setResets] = useState<readonly MfaReset[]>();
  const { problem, attempt } = useAdminAttempt();
  const look = (): Promise<void> => attempt(async () => setResets((await client.admin.mfaResets()).items));
  const begin = useEffectEvent(look);
  useEffect(() => void begin(), []);
  return (
    <section className="card">
      <h2>{t('resets')}</h2>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {resets?.length === 0 && <p className="lead">{t('noResets')}</p>}
      <ul className="people" aria-label={t('resets')}>
        {resets?.map((reset) => (
          <li key={reset.id}>
            <ResetLine reset={reset} onDone={look} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface ResetLineProps {
  readonly reset: MfaReset;
  readonly onDone: () => Promise<void>;
}

function ResetLine({ reset, onDone }: ResetLineProps): ReactNode {
  const t = useTranslations('admin');
  const format = useFormatter();
  const { factors } = useSession();
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAdminAttempt();
  const [isAsked, setAsked] = useState(false);
  const { id, username, askedBy, expiresAt } = reset;
  const mayApprove = ![askedBy, username].includes(client.self.username);
  const act = (work: () => Promise<void>): Promise<void> => factors.around(client, work).then(onDone);
  const decline = (): Promise<void> => attempt(() => act(() => client.admin.declineMfaReset(id)));
  const at = format.dateTime(new Date(expiresAt), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <>
      <div className="person-row">
        <div className="person session">
          <span className="person-name">{t('resetOf', { username })}</span>
          <span className="person-note">{t('resetNote', { askedBy, at })}</span>
        </div>
        {mayApprove && (
          <Button aria-label={t('approveNamed', { username })} onClick={() => setAsked(true)}>
            {t('approve')}
          </Button>
        )}
        <Button isBusy={isBusy} aria-label={t('declineNamed', { username })} onClick={() => void decline()}>
          {t('decline')}
        </Button>
      </div>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {isAsked && (
        <ApproveDialog
          username={username}
          onApprove={() => act(() => client.admin.approveMfaReset(id))}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  );
}

interface ApproveDialogProps {
  readonly username: string;
  readonly onApprove: () => Promise<void>;
  readonly onClose: () => void;
}

function ApproveDialog({ username, onApprove, onClose }: ApproveDialogProps): ReactNode {
  const t = useTranslations('admin');
  const refused = useAdminText();
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('approveTitle', { username })}
      lead={t('approveLead')}
      action={t('approve')}
      refused={refused}
      onConfirm={onApprove}
    />
  );
}
