import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useSession } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { PasswordField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';

/** Where the session has ended elsewhere, what is here can be read, and nothing comes any more. */
export function SignedOutNotice(): ReactNode {
  const t = useTranslations('signedOut');
  const isOut = useObservable(useSession().isSignedOutElsewhere);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      {isOut && (
        <Notice tone="warning">
          {t('notice')}{' '}
          <button type="button" className="text-button" onClick={() => setAsking(true)}>
            {t('action')}
          </button>
        </Notice>
      )}
      <Dialog isOpen={isAsking} onClose={() => setAsking(false)} title={t('action')}>
        <p className="lead">{t('lead')}</p>
        <SignInAgainForm onSignedIn={() => setAsking(false)} />
      </Dialog>
    </>
  );
}

function SignInAgainForm({ onSignedIn }: { readonly onSignedIn: () => void }): ReactNode {
  const t = useTranslations();
  const session = useSession();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { password: '', storePassword: '' } });
  const { errors } = formState;
  const submit = handleSubmit(({ password, storePassword }) =>
    attempt(async () => {
      await session.signInAgain(password, storePassword);
      onSignedIn();
    }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <PasswordField
        label={t('signedOut.password')}
        autoComplete="current-password"
        error={errors.password && t('account.passwordRequired')}
        {...register('password', { required: true })}
      />
      <PasswordField
        label={t('signedOut.storePassword')}
        hint={t('signedOut.storeHint')}
        autoComplete="off"
        error={errors.storePassword && t('account.passwordRequired')}
        {...register('storePassword', { required: true })}
      />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <p className="lead">{t('signedOut.removed')}</p>
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {isBusy ? t('account.signingIn') : t('signedOut.action')}
      </Button>
    </form>
  );
}
