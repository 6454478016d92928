import type { ComponentProps, ReactNode } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { USERNAME_PATTERN } from '#protocol';
import { useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { TextField } from '../ui/text-field.js';
import { AccountCard } from './account-card.js';
import { NewPasswordField } from './new-password-field.js';
import { LinkHere } from '../linking/link-here.js';
import { useAttempt } from '../ui/use-attempt.js';
import { usePasswordRule } from './use-password-rule.js';
import { linkedInvitation, useRegistrationMode } from './use-registration.js';

interface Registration {
  readonly username: string;
  readonly password: string;
  readonly invitation: string;
}

/** The first page of who is new. */
export function RegisterPage(): ReactNode {
  const t = useTranslations('account');
  const tInvite = useTranslations('invite');
  const mode = useRegistrationMode();
  return (
    <AccountCard title={t('create')} lead={t('createLead')}>
      {mode === 'closed' ? <Notice tone="info">{tInvite('closed')}</Notice> : <RegisterForm mode={mode} />}
      <nav className="account-links">
        <Link href="/sign-in">{t('haveAccount')}</Link>
        <LinkHere />
      </nav>
    </AccountCard>
  );
}

function RegisterForm({ mode }: { readonly mode: string }): ReactNode {
  const t = useTranslations('account');
  const session = useSession();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, control, formState } = useForm<Registration>({
    defaultValues: { username: '', password: '', invitation: linkedInvitation() },
  });
  const { errors } = formState;
  const passwordRule = usePasswordRule();
  const [typed, username] = useWatch({ control, name: ['password', 'username'] });
  const password = {
    label: t('password'),
    hint: t('passwordNeverLeaves'),
    error: errors.password?.message,
    ...register('password', { validate: (value, { username: name }) => passwordRule(value, name) }),
  };
  return (
    <form noValidate onSubmit={(event) => void handleSubmit((entry) => attempt(() => session.register(entry)))(event)}>
      {mode === 'invite' && (
        <InvitationField
          isMissing={errors.invitation !== undefined}
          {...register('invitation', { required: true, setValueAs: (typed: string) => typed.trim() })}
        />
      )}
      <UsernameField
        error={errors.username && t('usernameInvalid')}
        hint={t('usernameHint')}
        {...register('username', { pattern: new RegExp(USERNAME_PATTERN, 'u'), required: true })}
      />
      <NewPasswordField typed={typed} username={username} {...password} />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {isBusy ? t('creating') : t('create')}
      </Button>
    </form>
  );
}

type InvitationFieldProps = Omit<ComponentProps<typeof TextField>, 'label'> & { readonly isMissing: boolean };

function InvitationField({ isMissing, ...input }: InvitationFieldProps): ReactNode {
  const t = useTranslations('invite');
  return (
    <TextField
      label={t('code')}
      hint={t('codeHint')}
      error={isMissing ? t('codeRequired') : undefined}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={64}
      {...input}
    />
  );
}

type UsernameFieldProps = Omit<ComponentProps<typeof TextField>, 'label'>;

export function UsernameField(props: UsernameFieldProps): ReactNode {
  const t = useTranslations('account');
  return (
    <TextField
      label={t('username')}
      autoComplete="username"
      autoCapitalize="none"
      spellCheck={false}
      maxLength={32}
      {...props}
    />
  );
}
