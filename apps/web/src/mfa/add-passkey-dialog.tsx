import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp, useSession } from '../client/contexts.js';
import { deviceName } from '../client/device-name.js';
import { Dialog } from '../ui/dialog.js';
import { createPasskey } from './passkeys.js';
import { PasswordForm } from './password-form.js';

export interface AddFactorProps {
  /** With the recovery codes, for an account that had none. */
  readonly onAdded: (codes: readonly string[] | undefined) => void;
  readonly onClose: () => void;
}

/** A passkey, which the browser or a security key keeps. */
export function AddPasskeyDialog({ onAdded, onClose }: AddFactorProps): ReactNode {
  const t = useTranslations('mfa');
  const session = useSession();
  const { client } = useOpenApp();
  const add = ({ password, name }: { password: string; name: string }): Promise<void> =>
    session.factors
      .around(client, () => client.mfa.addPasskey(password, { name: name.trim(), create: createPasskey }))
      .then(({ recoveryCodes }) => onAdded(recoveryCodes));
  return (
    <Dialog isOpen onClose={onClose} title={t('addPasskey')}>
      <PasswordForm
        lead={t('addPasskeyLead')}
        action={t('next')}
        suggestedName={deviceName(navigator.userAgent)}
        onConfirm={add}
      />
    </Dialog>
  );
}
