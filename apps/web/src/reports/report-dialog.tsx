import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { FiledReport } from '#sdk';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import type { ReportTarget } from './report-target.js';
import { ReportForm } from './report-form.js';

interface ReportDialogProps {
  readonly target: ReportTarget;
  readonly onClose: () => void;
}

/** Tells the operator of somebody, with the messages that are chosen for it and no others. */
export function ReportDialog({ target, onClose }: ReportDialogProps): ReactNode {
  const t = useTranslations('reports');
  const [filed, setFiled] = useState<FiledReport>();
  return (
    <Dialog isOpen onClose={onClose} title={t('title', { name: target.username })}>
      {filed === undefined ? (
        <ReportForm target={target} onFiled={setFiled} />
      ) : (
        <Filed report={filed} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Filed({ report, onClose }: { readonly report: FiledReport; readonly onClose: () => void }): ReactNode {
  const t = useTranslations('reports');
  const { username: name, messages } = report;
  const verified = messages.filter(({ verdict }) => verdict === 'verified').length;
  const others = messages.length - verified;
  return (
    <>
      <div role="status">
        <p>{t('sent')}</p>
        {verified > 0 && <p className="lead">{t('verified', { count: verified, name })}</p>}
        {others > 0 && <p className="lead">{t('unverifiable', { count: others })}</p>}
      </div>
      <div className="button-row button-row-end">
        <Button kind="primary" onClick={onClose}>
          {t('done')}
        </Button>
      </div>
    </>
  );
}
