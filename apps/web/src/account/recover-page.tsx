import type { ReactNode } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { TextField } from '../ui/text-field.js';
import { AccountCard } from './account-card.js';
import { NewPasswordField } from './new-password-field.js';
import { UsernameField } from './register-page.js';
import { useAttempt } from '../ui/use-attempt.js';
import { usePasswordRule } from './use-password-rule.js';

/** For who has forgotten the password, and kept the code. */
export function RecoverPage(): ReactNode {
  const t = useTranslations('account');
  const session = useSession();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, control, formState } = useForm({
    defaultValues: { username: '', code: '', newPassword: '' },
  });
  const { errors } = formState;
  const passwordRule = usePasswordRule();
  const [typed, username] = useWatch({ control, name: ['newPassword', 'username'] });
  const password = {
    label: t('newPassword'),
    error: errors.newPassword?.message,
    ...register('newPassword', { validate: (value, { username: name }) => passwordRule(value, name) }),
  };
  return (
    <AccountCard title={t('recover')} lead={t('recoverLead')}>
      <form noValidate onSubmit={(event) => void handleSubmit((entry) => attempt(() => session.recover(entry)))(event)}>
        <UsernameField error={errors.username && t('usernameInvalid')} {...register('username', { required: true })} />
        <TextField
          label={t('recoveryCode')}
          autoComplete="off"
          spellCheck={false}
          error={errors.code && t('recoveryRequired')}
          {...register('code', { required: true })}
        />
        <NewPasswordField typed={typed} username={username} {...password} />
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {isBusy ? t('recovering') : t('recover')}
        </Button>
      </form>
      <nav className="account-links">
        <Link href="/sign-in">{t('haveAccount')}</Link>
      </nav>
    </AccountCard>
  );
}
