import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useSession } from '../client/contexts.js';
import { SignOutDialog } from '../settings/sign-out-dialog.js';
import { Button } from '../ui/button.js';
import { CheckField } from '../ui/check-field.js';
import { Notice } from '../ui/notice.js';
import { PasswordField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';
import { AccountCard } from './account-card.js';

/** The relay has ended this browser's session, or has no such device any more: which of the two it tells nobody. */
export function EndedPage(): ReactNode {
  const t = useTranslations('ended');
  const [isLeaving, setLeaving] = useState(false);
  return (
    <AccountCard title={t('title')} lead={t('lead')}>
      <SignInAgainForm />
      <Button kind="danger" onClick={() => setLeaving(true)}>
        {t('delete')}
      </Button>
      <SignOutDialog isOpen={isLeaving} onOpenChange={setLeaving} />
    </AccountCard>
  );
}

function SignInAgainForm(): ReactNode {
  const t = useTranslations();
  const session = useSession();
  const [isChanged, setChanged] = useState(false);
  const { isBusy, problem, attempt } = useAttempt((code) => (code === 'invalid_credentials' ? t('ended.refused') : ''));
  const { register, handleSubmit, formState } = useForm({ defaultValues: { password: '', oldPassword: '' } });
  const submit = handleSubmit(({ password, oldPassword }) =>
    attempt(() => session.signInAgain(password, isChanged ? oldPassword : password)),
  );
  const required = { required: t('account.passwordRequired') };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <PasswordField
        label={t('ended.password')}
        autoComplete="current-password"
        error={formState.errors.password?.message}
        {...register('password', required)}
      />
      <CheckField label={t('ended.isChanged')} isChecked={isChanged} onChange={setChanged} />
      {isChanged && (
        <PasswordField
          label={t('ended.oldPassword')}
          autoComplete="off"
          error={formState.errors.oldPassword?.message}
          {...register('oldPassword', required)}
        />
      )}
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {isBusy ? t('ended.signingIn') : t('ended.signIn')}
      </Button>
    </form>
  );
}
