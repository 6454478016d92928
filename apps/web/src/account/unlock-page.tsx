import { type ReactNode, useEffect } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useSession } from '../client/contexts.js';
import { UpdateNotice } from '../offline/update-notice.js';
import { Button } from '../ui/button.js';
import { PasswordField } from '../ui/text-field.js';
import { AccountCard } from './account-card.js';
import { useAttempt } from '../ui/use-attempt.js';

/** Each time the app is opened on a device that has an account. */
export function UnlockPage({ username }: { readonly username: string }): ReactNode {
  const t = useTranslations('account');
  const session = useSession();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, setFocus, formState } = useForm({ defaultValues: { password: '' } });
  // There is nothing else to do on this page.
  useEffect(() => setFocus('password'), [setFocus]);
  const unlock = handleSubmit(({ password }) => attempt(() => session.unlock(password)));
  return (
    <AccountCard title={t('unlockTitle', { username })} lead={t('unlockLead')}>
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
