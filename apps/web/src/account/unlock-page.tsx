import { type ReactNode, useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useFormatter, useTranslations } from 'use-intl';
import { useSession } from '../client/contexts.js';
import { UpdateNotice } from '../offline/update-notice.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PasswordField } from '../ui/text-field.js';
import { AccountCard } from './account-card.js';
import { useAttempt } from '../ui/use-attempt.js';

interface UnlockPageProps {
  readonly username: string;
  /** Where its owner has just asked for its deletion. */
  readonly deletionDueAt: string | undefined;
}

/** Each time the app is opened on a device that has an account. */
export function UnlockPage({ username, deletionDueAt }: UnlockPageProps): ReactNode {
  const t = useTranslations('account');
  const session = useSession();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, setFocus, formState } = useForm({ defaultValues: { password: '' } });
  // There is nothing else to do on this page.
  useEffect(() => setFocus('password'), [setFocus]);
  const unlock = handleSubmit(({ password }) => attempt(() => session.unlock(password)));
  return (
    <AccountCard title={t('unlockTitle', { username })} lead={t('unlockLead')}>
      {deletionDueAt !== undefined && <PendingDeletion dueAt={deletionDueAt} />}
      <form noValidate onSubmit={(event) => void unlock(event)}>
        {/* For password managers. */}
        <input type="hidden" autoComplete="username" value={username} readOnly />
        <PasswordField
          label={t('password')}
          autoComplete="current-password"
          error={problem ?? (formState.errors.password && t('passwordRequired'))}
          {...register('password', { required: true })}
        />
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {isBusy ? t('unlocking') : t('unlock')}
        </Button>
      </form>
      <UpdateNotice />
    </AccountCard>
  );
}

function PendingDeletion({ dueAt }: { readonly dueAt: string }): ReactNode {
  const t = useTranslations('keeping');
  const date = useFormatter().dateTime(new Date(dueAt), { dateStyle: 'long' });
  return <Notice tone="warning">{t('pending', { date })}</Notice>;
}
