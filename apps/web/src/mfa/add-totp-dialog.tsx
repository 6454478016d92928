import { type ReactNode, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslations } from 'use-intl';
import type { BegunTotp } from '#sdk';
import { useOpenApp, useSession } from '../client/contexts.js';
import { QrCode } from '../scan/qr-code.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/text-field.js';
import { useAttempt } from '../ui/use-attempt.js';
import type { AddFactorProps } from './add-passkey-dialog.js';
import { PasswordForm } from './password-form.js';

/** An authenticator app: it reads a secret once, and shows codes of it from then on. */
export function AddTotpDialog({ onAdded, onClose }: AddFactorProps): ReactNode {
  const t = useTranslations('mfa');
  const session = useSession();
  const { client } = useOpenApp();
  const [begun, setBegun] = useState<BegunTotp>();
  const begin = ({ password, name }: { password: string; name: string }): Promise<void> =>
    session.factors.around(client, () => client.mfa.addTotp(password, name.trim())).then(setBegun);
  return (
    <Dialog isOpen onClose={onClose} title={t('addTotp')}>
      {begun === undefined ? (
        <PasswordForm lead={t('addTotpLead')} action={t('next')} suggestedName={t('appName')} onConfirm={begin} />
      ) : (
        <ScanStep begun={begun} onAdded={onAdded} />
      )}
    </Dialog>
  );
}

interface ScanStepProps extends Pick<AddFactorProps, 'onAdded'> {
  readonly begun: BegunTotp;
}

function ScanStep({ begun: { id, secret, uri }, onAdded }: ScanStepProps): ReactNode {
  const t = useTranslations('mfa');
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt((code) => (code === 'invalid_mfa_code' ? t('wasWrong') : ''));
  const { register, handleSubmit, formState } = useForm({ defaultValues: { code: '' } });
  const confirm = handleSubmit(({ code }) =>
    attempt(() => client.mfa.confirmTotp(id, code).then(({ recoveryCodes }) => onAdded(recoveryCodes))),
  );
  return (
    <form noValidate onSubmit={(event) => void confirm(event)}>
      <p className="lead">{t('scanLead')}</p>
      <QrCode text={uri} label={t('qrCode')} />
      <p>{t('typeSecret')}</p>
      <code className="code-box code-box-small" data-testid="totp-secret" translate="no">
        {secret}
      </code>
      <TextField
        label={t('firstCode')}
        inputMode="numeric"
        autoComplete="one-time-code"
        error={problem ?? (formState.errors.code && t('codeRequired'))}
        {...register('code', { required: true })}
      />
      <Button kind="primary" type="submit" isBusy={isBusy}>
        {t('confirm')}
      </Button>
    </form>
  );
}
