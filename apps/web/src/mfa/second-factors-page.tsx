import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Notice } from '../ui/notice.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { PaneHead } from '../ui/pane-head.js';
import { FactorsCard } from './factors-card.js';
import { BackupCodesCard } from './backup-codes-card.js';
import { TrustedDevicesCard } from './trusted-devices-card.js';
import { useMfaState } from './use-mfa-state.js';
import { BackupCodesDialog } from './backup-codes.js';

/** What is asked for beside the password, and what stands in for it. */
export function SecondFactorsPage(): ReactNode {
  const t = useTranslations('mfa');
  const { looked, problem } = useMfaState();
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <main className="pane">
      <PaneHead title={t('title')} back="/settings" />
      <div className="pane-body">
        <OfflineNotice />
        {problem !== undefined && <Notice tone="error">{problem}</Notice>}
        {looked === undefined && problem === undefined && <p role="status">{t('loading')}</p>}
        {looked !== undefined && (
          <>
            <FactorsCard factors={looked.mfa.factors} onCodes={setCodes} />
            {looked.mfa.factors.length > 0 && (
              <BackupCodesCard left={looked.mfa.recoveryCodesLeft} onCodes={setCodes} />
            )}
            {looked.mfa.trustedDevices.length > 0 && (
              <TrustedDevicesCard trusted={looked.mfa.trustedDevices} devices={looked.devices} />
            )}
          </>
        )}
        {codes !== undefined && <BackupCodesDialog codes={codes} onClose={() => setCodes(undefined)} />}
      </div>
    </main>
  );
}
