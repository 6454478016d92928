import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { AccountDevice } from '#sdk';
import { LIMITS } from '#protocol';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';

interface RenameFormProps {
  readonly device: AccountDevice;
  readonly onClose: () => void;
  readonly onRenamed: () => Promise<void>;
}

/** Gives a device another name, for its owner alone. */
export function RenameDeviceDialog({ isOpen, ...form }: RenameFormProps & { readonly isOpen: boolean }): ReactNode {
  const t = useTranslations('devices');
  return (
    <Dialog isOpen={isOpen} onClose={form.onClose} title={t('rename')}>
      <RenameForm {...form} />
    </Dialog>
  );
}

function RenameForm({ device: { id, name }, onClose, onRenamed }: RenameFormProps): ReactNode {
  const t = useTranslations('devices');
  const { devices } = useOpenApp().client;
  const { isBusy, problem, attempt } = useAttempt((code) => (code === 'not_found' ? t('gone') : ''));
  const { register, handleSubmit, formState } = useForm({ defaultValues: { name } });
  const submit = handleSubmit((written) =>
    attempt(async () => {
      await devices.rename(id, written.name.trim());
      onClose();
      await onRenamed();
    }),
  );
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('name')}
        autoComplete="off"
        maxLength={LIMITS.deviceNameChars}
        error={problem ?? (formState.errors.name && t('nameRequired'))}
        {...register('name', { validate: (written) => written.trim() !== '' })}
      />
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {t('rename')}
      </Button>
    </form>
  );
}
