import { LifeBuoy } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { PasswordDialog } from './password-dialog.js';

interface BackupCodesCardProps {
  readonly left: number;
  readonly onCodes: (codes: readonly string[]) => void;
}

/** What stands in for a lost second factor. */
export function BackupCodesCard({ left, onCodes }: BackupCodesCardProps): ReactNode {
  const t = useTranslations('mfa');
  const session = useSession();
  const { client } = useOpenApp();
  const [isAsked, setAsked] = useState(false);
  const renew = (password: string): Promise<void> =>
    session.factors.around(client, () => client.mfa.renewRecoveryCodes(password)).then(onCodes);
  return (
    <section className="card">
      <h2>{t('backupCodes')}</h2>
      <div className="setting">
        <span>{t('codesLeft', { left })}</span>
        <Button onClick={() => setAsked(true)}>
          <LifeBuoy size={18} aria-hidden="true" />
          {t('renewCodes')}
        </Button>
      </div>
      {isAsked && (
        <PasswordDialog
          title={t('renewCodes')}
          lead={t('renewCodesLead')}
          action={t('renewCodes')}
          onConfirm={renew}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  );
}
