import { MailPlus, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { Invitation } from '#sdk';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Notice } from '../ui/notice.js';
import { InviteDialog } from './invite-dialog.js';
import { useAnswer } from './use-answer.js';

/** By which people register where not everybody may. */
export function InvitationsCard(): ReactNode {
  const t = useTranslations('server');
  const { client } = useOpenApp();
  const { answer, problem, ask } = useAnswer(() => client.admin.invitations());
  const [isInviting, setInviting] = useState(false);
  return (
    <section className="card">
      <h2>{t('invitations')}</h2>
      <p className="lead">{t('invitationsLead')}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      {answer?.items.length === 0 && <p>{t('noInvitations')}</p>}
      <ul className="people sessions">
        {answer?.items.map((invitation) => (
          <li key={invitation.id}>
            <InvitationLine invitation={invitation} onRevoked={ask} />
          </li>
        ))}
      </ul>
      <div className="button-row">
        <Button onClick={() => setInviting(true)}>
          <MailPlus size={18} aria-hidden="true" />
          {t('invite')}
        </Button>
      </div>
      {isInviting && <InviteDialog onMade={ask} onClose={() => setInviting(false)} />}
    </section>
  );
}

interface InvitationLineProps {
  readonly invitation: Invitation;
  readonly onRevoked: () => Promise<void>;
}

function InvitationLine({ invitation, onRevoked }: InvitationLineProps): ReactNode {
  const t = useTranslations('server');
  const format = useFormatter();
  const session = useSession();
  const { client } = useOpenApp();
  const [isAsked, setAsked] = useState(false);
  const { id, note, uses, usesLeft, expiresAt } = invitation;
  const name = note === '' ? t('unnamed') : note;
  const at = format.dateTime(new Date(expiresAt), { dateStyle: 'medium', timeStyle: 'short' });
  const revoke = async (): Promise<void> => {
    await session.factors.around(client, () => client.admin.revokeInvitation(id));
    await onRevoked();
  };
  return (
    <div className="person-row">
      <div className="person session">
        <span className="person-name">{name}</span>
        <span className="person-note">
          {t('usesLeft', { usesLeft, uses })} · {t('until', { at })}
        </span>
      </div>
      <Button aria-label={t('revokeNamed', { name })} onClick={() => setAsked(true)}>
        <Trash2 size={18} aria-hidden="true" />
        {t('revoke')}
      </Button>
      <ConfirmDialog
        isOpen={isAsked}
        onClose={() => setAsked(false)}
        title={t('revokeTitle', { name })}
        lead={t('revokeLead')}
        action={t('revoke')}
        onConfirm={revoke}
      />
    </div>
  );
}
