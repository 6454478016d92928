import type { ImportResult } from '#sdk';
import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { PasswordField, TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';

/** Brings back what an export of this account has, and this browser has not. */
export function ImportDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useTranslations('backup');
  const [result, setResult] = useState<ImportResult>();
  return (
    <Dialog isOpen onClose={onClose} title={t('import')}>
      {result === undefined ? <ImportForm onImported={setResult} /> : <Imported {...result} />}
    </Dialog>
  );
}

function Imported({ conversations, missing }: ImportResult): ReactNode {
  const t = useTranslations('backup');
  return (
    <>
      {(conversations > 0 || missing === 0) && <Notice tone="info">{t('imported', { count: conversations })}</Notice>}
      {missing > 0 && <Notice tone="warning">{t('missing', { count: missing })}</Notice>}
    </>
  );
}

interface ImportEntry {
  readonly files: FileList | null;
  readonly passphrase: string;
}

function ImportForm({ onImported }: { readonly onImported: (result: ImportResult) => void }): ReactNode {
  const t = useTranslations();
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState } = useForm<ImportEntry>({
    defaultValues: { files: null, passphrase: '' },
  });
  const { errors } = formState;
  const read = handleSubmit(({ files, passphrase }) =>
    attempt(async () => {
      const pieces = files?.[0]?.stream().getReader();
      const next = async (): Promise<Uint8Array | undefined> => (await pieces?.read())?.value;
      onImported(await client.backup.import(passphrase, next));
    }),
  );
  return (
    <form noValidate onSubmit={(event) => void read(event)}>
      <p className="lead">{t('backup.importLead')}</p>
      <TextField
        label={t('backup.file')}
        type="file"
        error={errors.files && t('backup.fileRequired')}
        {...register('files', { validate: (files) => files?.length === 1 })}
      />
      <PasswordField
        label={t('backup.passphrase')}
        autoComplete="off"
        error={errors.passphrase && t('backup.passphraseRequired')}
        {...register('passphrase', { required: true })}
      />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {isBusy ? t('backup.importing') : t('backup.importNow')}
      </Button>
    </form>
  );
}
