import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { PasswordField, TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';

interface DeleteAccountDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Nothing brings an account back: whoever deletes theirs has typed its name, and its password. */
export function DeleteAccountDialog({ isOpen, onClose }: DeleteAccountDialogProps): ReactNode {
  const t = useTranslations('deletion');
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('title')}>
      <ul className="steps">
        <li>{t('erasedHere')}</li>
        <li>{t('erasedThere')}</li>
        <li>{t('stays')}</li>
        <li>{t('name')}</li>
      </ul>
      <DeleteForm />
    </Dialog>
  );
}

function DeleteForm(): ReactNode {
  const t = useTranslations();
  const session = useSession();
  const [, navigate] = useLocation();
  const { username } = useOpenApp().client.self;
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { typed: '', password: '' } });
  const { errors } = formState;
  const submit = handleSubmit(({ password }) =>
    attempt(async () => {
      await session.deleteAccount(password);
      navigate('/', { replace: true });
    }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('deletion.typeName', { username })}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.typed && t('deletion.otherName', { username })}
        {...register('typed', { validate: (typed) => typed.trim() === username })}
      />
      <PasswordField
        label={t('account.password')}
        autoComplete="current-password"
        error={errors.password && t('account.passwordRequired')}
        {...register('password', { required: true })}
      />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="danger" type="submit" isBusy={isBusy}>
        {isBusy ? t('deletion.deleting') : t('deletion.confirm')}
      </Button>
    </form>
  );
}
