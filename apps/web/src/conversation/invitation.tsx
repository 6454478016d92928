import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Conversation } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { ReportButton } from '../reports/report-button.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';

interface InvitationProps {
  readonly conversation: Conversation;
  readonly name: string;
}

/** A stranger wants to write: nothing comes through before the answer. */
export function Invitation({ conversation, name }: InvitationProps): ReactNode {
  const t = useTranslations('chat');
  const tContacts = useTranslations('contacts');
  const { client, contactBook } = useOpenApp();
  const { conversations } = client;
  const { id, invitedBy } = conversation;
  const declineAndBlock = async (username: string): Promise<void> => {
    await conversations.leave(id);
    await contactBook.block(username);
  };
  const { isBusy, problem, attempt } = useAttempt();
  return (
    <div className="invitation">
      <p>{t('invited', { name })}</p>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <div className="button-row">
        {invitedBy !== null && <ReportButton target={{ ...invitedBy, conversationId: id }} />}
        {invitedBy !== null && (
          <Button kind="danger" onClick={() => void attempt(() => declineAndBlock(invitedBy.username))}>
            {tContacts('declineAndBlock')}
          </Button>
        )}
        <Button onClick={() => void attempt(() => conversations.leave(id))}>{t('decline')}</Button>
        <Button kind="primary" isBusy={isBusy} onClick={() => void attempt(() => conversations.accept(id))}>
          {t('accept')}
        </Button>
      </div>
    </div>
  );
}
