import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import { LIMITS } from '#protocol';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { CopyButton } from '../ui/copy-button.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';
import { DaysField, DEFAULT_DAYS, inSeconds } from './days-field.js';

interface InviteDialogProps {
  readonly onMade: () => Promise<void>;
  readonly onClose: () => void;
}

/** Makes an invitation, and shows its code the only time that it can be shown. */
export function InviteDialog({ onMade, onClose }: InviteDialogProps): ReactNode {
  const t = useTranslations('server');
  const [code, setCode] = useState<string>();
  const made = async (fresh: string): Promise<void> => {
    setCode(fresh);
    await onMade();
  };
  return (
    <Dialog isOpen onClose={onClose} title={t('invite')}>
      {code === undefined ? <InviteForm onMade={made} /> : <MadeInvitation code={code} onClose={onClose} />}
    </Dialog>
  );
}

function InviteForm({ onMade }: { readonly onMade: (code: string) => Promise<void> }): ReactNode {
  const t = useTranslations('server');
  const session = useSession();
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const { register, handleSubmit, formState } = useForm({ defaultValues: { note: '', uses: '1', days: DEFAULT_DAYS } });
  const submit = handleSubmit(({ note, uses, days }) =>
    attempt(async () => {
      const wanted = { note: note.trim(), uses: Number(uses), expiresInSeconds: inSeconds(days) };
      const { code } = await session.factors.around(client, () => client.admin.invite(wanted));
      await onMade(code);
    }),
  );
  const isUses = (written: string): boolean =>
    /^\d+$/.test(written) && Number(written) >= 1 && Number(written) <= LIMITS.invitationUses;
  return (
    <form noValidate className="card-form" onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('note')}
        hint={t('noteHint')}
        maxLength={LIMITS.invitationNoteChars}
        autoComplete="off"
        {...register('note')}
      />
      <TextField
        label={t('uses')}
        inputMode="numeric"
        autoComplete="off"
        error={formState.errors.uses && t('usesInvalid', { most: LIMITS.invitationUses })}
        {...register('uses', { validate: isUses })}
      />
      <DaysField label={t('goodFor')} {...register('days')} />
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {t('makeInvitation')}
      </Button>
    </form>
  );
}

/** Behind the `#` of the link, where no server sees it. */
function MadeInvitation({ code, onClose }: { readonly code: string; readonly onClose: () => void }): ReactNode {
  const t = useTranslations('server');
  const tCommon = useTranslations('common');
  return (
    <div className="card-form">
      <p>{t('codeLead')}</p>
      <p className="code-box" data-testid="invitation-code" translate="no">
        {code}
      </p>
      <div className="button-row">
        <CopyButton text={code} label={t('copyCode')} />
        <CopyButton text={`${location.origin}/#invite=${code}`} label={t('copyLink')} />
      </div>
      <Button kind="primary" onClick={onClose}>
        {tCommon('close')}
      </Button>
    </div>
  );
}
