import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { saveAsFile } from '../ui/save-as-file.js';
import { Button } from '../ui/button.js';
import { CheckField } from '../ui/check-field.js';
import { Dialog } from '../ui/dialog.js';

interface BackupCodesDialogProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

/** They are shown this once. */
export function BackupCodesDialog({ codes, onClose }: BackupCodesDialogProps): ReactNode {
  const t = useTranslations();
  const [isKept, setKept] = useState(false);
  return (
    <Dialog isOpen onClose={onClose} title={t('mfa.keepCodes')}>
      <p className="lead">{t('mfa.keepCodesLead')}</p>
      <ol className="code-box code-box-small backup-codes" data-testid="backup-codes" translate="no">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <Button onClick={() => saveAsFile('sealpost-backup-codes.txt', codes.join('\n'))}>
        <Download size={18} aria-hidden="true" />
        {t('account.download')}
      </Button>
      <CheckField label={t('mfa.codesKept')} isChecked={isKept} onChange={setKept} />
      <Button kind="primary" disabled={!isKept} onClick={onClose}>
        {t('common.close')}
      </Button>
    </Dialog>
  );
}
