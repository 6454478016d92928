import { KeyRound } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { PasskeySignIn } from '#sdk';
import { AccountCard } from '../account/account-card.js';
import { useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { PasswordField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';
import { getPasskey } from './passkeys.js';

/** A passkey in place of the name and the second factor. The password opens what is kept: only the two together read anything. */
export function PasskeyPage(): ReactNode {
  const [signedIn, setSignedIn] = useState<PasskeySignIn>();
  return signedIn === undefined ? (
    <PasskeyCard onSignedIn={setSignedIn} />
  ) : (
    <PasswordCard signedIn={signedIn} onCancelled={() => setSignedIn(undefined)} />
  );
}

function PasskeyCard({ onSignedIn }: { readonly onSignedIn: (signedIn: PasskeySignIn) => void }): ReactNode {
  const t = useTranslations();
  const session = useSession();
  const { isBusy, problem, attempt } = useAttempt((code) =>
    ['unknown', 'invalid_mfa_code'].includes(code) ? t('mfa.passkeyFailed') : '',
  );
  const signIn = (): Promise<void> => attempt(async () => onSignedIn(await session.signInWithPasskey(getPasskey)));
  return (
    <AccountCard title={t('mfa.passkeySignIn')} lead={t('mfa.passkeySignInLead')}>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" isBusy={isBusy} onClick={() => void signIn()}>
        <KeyRound size={18} aria-hidden="true" />
        {t('mfa.usePasskey')}
      </Button>
      <nav className="account-links">
        <Link href="/sign-in">{t('mfa.withPassword')}</Link>
      </nav>
    </AccountCard>
  );
}

interface PasswordCardProps {
  readonly signedIn: PasskeySignIn;
  readonly onCancelled: () => void;
}

function PasswordCard({ signedIn, onCancelled }: PasswordCardProps): ReactNode {
  const t = useTranslations();
  const session = useSession();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, setFocus, formState } = useForm({ defaultValues: { password: '' } });
  useEffect(() => setFocus('password'), [setFocus]);
  const unlock = handleSubmit(({ password }) => attempt(() => session.finishPasskey(signedIn.unlock(password))));
  const cancel = (): void => {
    onCancelled();
    void signedIn.cancel();
  };
  return (
    <AccountCard title={t('account.unlockTitle', { username: signedIn.username })} lead={t('mfa.passwordLead')}>
      <form noValidate onSubmit={(event) => void unlock(event)}>
        <input type="hidden" autoComplete="username" value={signedIn.username} readOnly />
        <PasswordField
          label={t('account.password')}
          autoComplete="current-password"
          error={problem ?? (formState.errors.password && t('account.passwordRequired'))}
          {...register('password', { required: true })}
        />
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {isBusy ? t('account.signingIn') : t('account.unlock')}
        </Button>
        <Button onClick={cancel}>{t('common.cancel')}</Button>
      </form>
    </AccountCard>
  );
}
