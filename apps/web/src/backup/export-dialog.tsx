import { type ReactNode, useState } from 'react';
import { useForm, useWatch } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { NewPasswordField } from '../account/new-password-field.js';
import { usePasswordRule } from '../account/use-password-rule.js';
import { useOpenApp } from '../client/contexts.js';
import type { Client } from '../client/open-client.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { saveBlob } from '../ui/save-blob.js';
import { useAttempt } from '../ui/use-attempt.js';

/** Makes a file of all that can be read here, under a passphrase of its own. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const t = useTranslations('backup');
  const [isDone, setDone] = useState(false);
  return (
    <Dialog isOpen onClose={onClose} title={t('export')}>
      {isDone ? <Notice tone="info">{t('exported')}</Notice> : <ExportForm onExported={() => setDone(true)} />}
    </Dialog>
  );
}

function ExportForm({ onExported }: { readonly onExported: () => void }): ReactNode {
  const t = useTranslations('backup');
  const { client } = useOpenApp();
  const { username } = client.self;
  const { isBusy, problem, attempt } = useAttempt();
  const passwordRule = usePasswordRule();
  const { register, handleSubmit, control, formState } = useForm({ defaultValues: { passphrase: '' } });
  const typed = useWatch({ control, name: 'passphrase' });
  const make = handleSubmit(({ passphrase }) => attempt(() => saveExport(client, passphrase).then(onExported)));
  return (
    <form noValidate onSubmit={(event) => void make(event)}>
      <p className="lead">{t('exportLead')}</p>
      <NewPasswordField
        label={t('passphrase')}
        typed={typed}
        username={username}
        error={formState.errors.passphrase?.message}
        {...register('passphrase', { validate: (value) => passwordRule(value, username) })}
      />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {isBusy ? t('exporting') : t('exportNow')}
      </Button>
    </form>
  );
}

/** So many pieces are put together at once. */
const MOST_PIECES = 100;

/** Browsers keep large files outside of the page's memory. */
async function saveExport(client: Client, passphrase: string): Promise<void> {
  let file = new Blob();
  let pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of client.backup.export(passphrase))
    if (pieces.push(new Uint8Array(piece)) === MOST_PIECES) [file, pieces] = [new Blob([file, ...pieces]), []];
  file = new Blob([file, ...pieces]);
  const day = new Date().toISOString().slice(0, 10);
  saveBlob(file, `sealpost-${day}.export`);
}
