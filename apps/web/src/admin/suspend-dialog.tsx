import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { LIMITS } from '#protocol';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { TextField } from '../ui/text-field.js';
import { useAdminAttempt } from './use-admin-attempt.js';

interface SuspendDialogProps {
  readonly username: string;
  readonly onSuspend: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks why, for the other admins. */
export function SuspendDialog({ username, onSuspend, onClose }: SuspendDialogProps): ReactNode {
  const t = useTranslations('admin');
  const { isBusy, problem, attempt } = useAdminAttempt();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { reason: '' } });
  const submit = handleSubmit(({ reason }) => attempt(() => onSuspend(reason.trim()).then(onClose)));
  return (
    <Dialog isOpen onClose={onClose} title={t('suspendTitle', { username })}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <p className="lead">{t('suspendHint')}</p>
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        <TextField
          label={t('reason')}
          hint={t('reasonHint')}
          autoComplete="off"
          maxLength={LIMITS.suspensionReasonChars}
          error={formState.errors.reason && t('reasonRequired')}
          {...register('reason', { validate: (reason) => reason.trim() !== '' })}
        />
        <Button kind="danger" type="submit" isBusy={isBusy}>
          {t('suspend')}
        </Button>
      </form>
    </Dialog>
  );
}
