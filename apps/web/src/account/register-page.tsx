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
import { forgetLinkedInvitation, INVITATION_CODE, linkedInvitation, useRegistrationMode } from './use-registration.js';

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
  const { form, isBusy, problem, submit } = useRegistration(mode);
  const { register, control } = form;
  const { errors } = form.formState;
  const passwordRule = usePasswordRule();
  const [typed, username] = useWatch({ control, name: ['password', 'username'] });
  const password = {
    label: t('password'),
    hint: t('passwordNeverLeaves'),
    error: errors.password?.message,
    ...register('password', { validate: (value, { username: name }) => passwordRule(value, name) }),
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      {mode === 'invite' && (
        <InvitationField
          isMissing={errors.invitation !== undefined}
          {...register('invitation', { validate: (code) => INVITATION_CODE.test(code.trim()) })}
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

/** What is typed, and making an account of it. */
function useRegistration(mode: string) {
  const session = useSession();
  const { isBusy, problem, attempt } = useAttempt();
  const form = useForm<Registration>({
    defaultValues: { username: '', password: '', invitation: linkedInvitation() },
  });
  const submit = form.handleSubmit(({ invitation, ...entry }) =>
    attempt(async () => {
      await session.register(mode === 'invite' ? { ...entry, invitation: invitation.trim() } : entry);
      forgetLinkedInvitation();
    }),
  );
  return { form, isBusy, problem, submit };
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
