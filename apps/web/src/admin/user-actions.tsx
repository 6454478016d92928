import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { AdminUser } from '#sdk';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { SuspendDialog } from './suspend-dialog.js';
import { useAdminText } from './use-admin-attempt.js';

interface UserActionsProps {
  readonly user: AdminUser;
  /** Looks again at what the account is. */
  readonly onDone: () => Promise<void>;
}

type Act = 'suspend' | 'lift' | 'endSessions' | 'resetMfa';

/** What an admin can do about an account; each is asked about before. */
export function UserActions({ user, onDone }: UserActionsProps): ReactNode {
  const t = useTranslations('admin');
  const { client } = useOpenApp();
  const [asked, setAsked] = useState<Act>();
  const { said, suspend, works } = useActs(user, onDone);
  const { username, suspension, secondFactor } = user;
  const acts: readonly (readonly [Act, boolean])[] = [
    ['suspend', suspension === null && client.self.username !== username],
    ['lift', suspension !== null],
    ['endSessions', true],
    ['resetMfa', secondFactor],
  ];
  const close = (): void => setAsked(undefined);
  return (
    <section className="card">
      <h2>{t('actions')}</h2>
      <p role="status">{said}</p>
      {acts.map(([act, isShown]) => isShown && <ActLine key={act} act={act} onAsk={() => setAsked(act)} />)}
      {asked === 'suspend' && <SuspendDialog username={username} onSuspend={suspend} onClose={close} />}
      {asked !== undefined && asked !== 'suspend' && (
        <ActDialog act={asked} username={username} onConfirm={works[asked]} onClose={close} />
      )}
    </section>
  );
}

interface Acts {
  /** What came of the last one. */
  readonly said: string | undefined;
  readonly suspend: (reason: string) => Promise<void>;
  readonly works: Readonly<Record<Exclude<Act, 'suspend'>, () => Promise<void>>>;
}

/** Each asks for a second factor if it has to, says what came of it, and looks again. */
function useActs({ username }: AdminUser, onDone: () => Promise<void>): Acts {
  const t = useTranslations('admin');
  const format = useFormatter();
  const { factors } = useSession();
  const { client } = useOpenApp();
  const [said, setSaid] = useState<string>();
  const act = async <T,>(work: () => Promise<T>, sayOf: (result: T) => string): Promise<void> => {
    setSaid(sayOf(await factors.around(client, work)));
    await onDone();
  };
  const done = (): string => t('done');
  return {
    said,
    suspend: (reason) => act(() => client.admin.suspend(username, reason), done),
    works: {
      lift: () => act(() => client.admin.lift(username), done),
      endSessions: () => act(() => client.admin.endSessions(username), done),
      resetMfa: () =>
        act(
          () => client.admin.askMfaReset(username),
          ({ expiresAt }) =>
            t('resetMfaAsked', {
              at: format.dateTime(new Date(expiresAt), { dateStyle: 'medium', timeStyle: 'short' }),
            }),
        ),
    },
  };
}

function ActLine({ act, onAsk }: { readonly act: Act; readonly onAsk: () => void }): ReactNode {
  const t = useTranslations('admin');
  return (
    <div className="setting">
      <span>{t(`${act}Hint`)}</span>
      <Button kind={act === 'suspend' ? 'danger' : 'plain'} onClick={onAsk}>
        {t(act)}
      </Button>
    </div>
  );
}

interface ActDialogProps {
  readonly act: Exclude<Act, 'suspend'>;
  readonly username: string;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}

function ActDialog({ act, username, onConfirm, onClose }: ActDialogProps): ReactNode {
  const t = useTranslations('admin');
  const refused = useAdminText();
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t(`${act}Title`, { username })}
      lead={t(`${act}Hint`)}
      action={t(act)}
      refused={refused}
      onConfirm={onConfirm}
    />
  );
}
