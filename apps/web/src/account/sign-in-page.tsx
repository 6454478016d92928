import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PasswordField } from '../ui/text-field.js';
import { AccountCard } from './account-card.js';
import { UsernameField } from './register-page.js';
import { LinkHere } from '../linking/link-here.js';
import { useAttempt } from '../ui/use-attempt.js';

/** On a browser that is new to the account. */
export function SignInPage(): ReactNode {
  const t = useTranslations('account');
  const tMfa = useTranslations('mfa');
  const session = useSession();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { username: '', password: '' } });
  const { errors } = formState;
  return (
    <AccountCard title={t('signIn')} lead={t('signInLead')}>
      <form noValidate onSubmit={(event) => void handleSubmit((entry) => attempt(() => session.signIn(entry)))(event)}>
        <UsernameField error={errors.username && t('usernameInvalid')} {...register('username', { required: true })} />
        <PasswordField
          label={t('password')}
          autoComplete="current-password"
          error={errors.password && t('passwordRequired')}
          {...register('password', { required: true })}
        />
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {isBusy ? t('signingIn') : t('signIn')}
        </Button>
      </form>
      <nav className="account-links">
        <Link href="/passkey">{tMfa('passkeySignIn')}</Link>
        <LinkHere />
        <Link href="/">{t('newHere')}</Link>
        <Link href="/recover">{t('forgot')}</Link>
      </nav>
    </AccountCard>
  );
}
