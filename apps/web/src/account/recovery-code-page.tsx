import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSession } from '../client/contexts.js';
import { Button } from '../ui/button.js';
import { CheckField } from '../ui/check-field.js';
import { CopyButton } from '../ui/copy-button.js';
import { Notice } from '../ui/notice.js';
import { saveAsFile } from '../ui/save-as-file.js';
import { AccountCard } from './account-card.js';

interface RecoveryCodePageProps {
  readonly code: string;
  /** Whether the browser has promised to keep what is stored. */
  readonly isKept: boolean;
}

/** Nothing can be sent before the code is kept: after that nobody would come back for it. */
export function RecoveryCodePage({ code, isKept }: RecoveryCodePageProps): ReactNode {
  const t = useTranslations('account');
  const session = useSession();
  const [isConfirmed, setConfirmed] = useState(false);
  return (
    <AccountCard title={t('keepTitle')} lead={t('keepLead')}>
      <p className="code-box" data-testid="recovery-code" translate="no">
        {code}
      </p>
      <div className="button-row">
        <CopyButton text={code} />
        <Button onClick={() => saveAsFile('sealpost-recovery-code.txt', code)}>
          <Download size={18} aria-hidden="true" />
          {t('download')}
        </Button>
      </div>
      <StorageNotice isKept={isKept} />
      <CheckField label={t('keepConfirm')} isChecked={isConfirmed} onChange={setConfirmed} />
      <Button kind="primary" disabled={!isConfirmed} onClick={() => session.confirmRecovery()}>
        {t('continue')}
      </Button>
    </AccountCard>
  );
}

/** The browser's answer to the question whether it keeps what is stored. */
export function StorageNotice({ isKept }: { readonly isKept: boolean }): ReactNode {
  const t = useTranslations('account');
  return <Notice tone={isKept ? 'info' : 'warning'}>{isKept ? t('storageKept') : t('storageMayGo')}</Notice>;
}
