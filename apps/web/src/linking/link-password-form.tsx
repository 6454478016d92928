import { type ReactNode, useEffect, useRef } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { AccountCard } from '../account/account-card.js';
import { useSession } from '../client/contexts.js';
import { errorCode } from '../client/error-code.js';
import { Button } from '../ui/button.js';
import { PasswordField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';
import type { AnsweredLink } from './use-waiting-link.js';

/** After these the other device has to read another code. */
const FINAL: readonly string[] = ['linking_expired', 'linking_rejected', 'relay_not_trusted'];

interface LinkPasswordFormProps {
  readonly link: AnsweredLink;
  readonly onFailure: (error: unknown) => void;
  readonly onCancel: () => void;
}

/** What is handed over is no way in: the account opens by its password here as everywhere. */
export function LinkPasswordForm({ link, onFailure, onCancel }: LinkPasswordFormProps): ReactNode {
  const t = useTranslations();
  const session = useSession();
  const [, navigate] = useLocation();
  const { isBusy, problem, attempt } = useAttempt((code) => t('linking.problem', { code }));
  const { register, handleSubmit, setFocus, formState } = useForm({ defaultValues: { password: '' } });
  useEffect(() => setFocus('password'), [setFocus]);
  const leaving = useLeaving();
  const finish = handleSubmit(({ password }) =>
    attempt(async () => {
      try {
        const options = { signal: leaving.current.signal, ...session.asking };
        await session.finishLink(link.confirm(password, options));
        navigate('/');
      } catch (error) {
        if (leaving.current.signal.aborted) return;
        if (!FINAL.includes(errorCode(error))) throw error;
        onFailure(error);
      }
    }),
  );
  return (
    <AccountCard title={t('linking.newTitle')} lead={t('linking.passwordLead')}>
      <form noValidate onSubmit={(event) => void finish(event)}>
        <PasswordField
          label={t('account.password')}
          autoComplete="current-password"
          error={problem ?? (formState.errors.password && t('account.passwordRequired'))}
          {...register('password', { required: true })}
        />
        <Button kind="primary" type="submit" isBusy={isBusy}>
          {isBusy ? t('linking.finishing') : t('linking.finish')}
        </Button>
        <Button onClick={onCancel}>{t('common.cancel')}</Button>
      </form>
    </AccountCard>
  );
}

/** Aborted when the page is left: what has been asked for is not waited for any more. */
function useLeaving(): { readonly current: AbortController } {
  const leaving = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    leaving.current = controller;
    return () => controller.abort();
  }, []);
  return leaving;
}
