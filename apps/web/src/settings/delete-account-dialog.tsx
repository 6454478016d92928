import { Download } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { Button } from '../ui/button.js';
import { CheckField } from '../ui/check-field.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { DeleteAccountForm } from './delete-account-form.js';
import { type Choices, Handovers } from './handovers.js';
import { useDeletionPlan } from './use-deletion-plan.js';

interface DeleteAccountDialogProps {
  readonly onClose: () => void;
  readonly onExport: () => void;
}

/** After some days nothing brings an account back: whoever deletes theirs has read what comes of it, and typed its name. */
export function DeleteAccountDialog({ onClose, onExport }: DeleteAccountDialogProps): ReactNode {
  const t = useTranslations('deletion');
  return (
    <Dialog isOpen onClose={onClose} title={t('title')}>
      <div className="setting">
        <span>{t('exportHint')}</span>
        <Button onClick={onExport}>
          <Download size={18} aria-hidden="true" />
          {t('exportFirst')}
        </Button>
      </div>
      <Consequences />
    </Dialog>
  );
}

function Consequences(): ReactNode {
  const t = useTranslations('deletion');
  const { plan, problem } = useDeletionPlan();
  const [isNow, setNow] = useState(false);
  const [choices, setChoices] = useState<Choices>({});
  if (problem !== undefined) return <Notice tone="error">{problem}</Notice>;
  if (plan === undefined) return <p role="status">{t('looking')}</p>;
  const { graceDays, dueAtMs, handovers } = plan;
  const isAtOnce = isNow || graceDays === 0;
  return (
    <>
      {isAtOnce ? <AtOnce /> : <Later dueAtMs={dueAtMs} />}
      <Handovers handovers={handovers} choices={choices} onChoose={setChoices} />
      {graceDays > 0 && <CheckField label={t('now')} isChecked={isNow} onChange={setNow} />}
      <DeleteAccountForm isAtOnce={isAtOnce} choices={choices} />
    </>
  );
}

function AtOnce(): ReactNode {
  const t = useTranslations('deletion');
  return (
    <ul className="steps">
      <li>{t('erasedHere')}</li>
      <li>{t('erasedThere')}</li>
      <li>{t('stays')}</li>
      <li>{t('name')}</li>
    </ul>
  );
}

function Later({ dueAtMs }: { readonly dueAtMs: number }): ReactNode {
  const t = useTranslations('deletion');
  const date = useFormatter().dateTime(new Date(dueAtMs), { dateStyle: 'long' });
  return (
    <ul className="steps">
      <li>{t('signedOut')}</li>
      <li>{t('keepable', { date })}</li>
      <li>{t('then')}</li>
      <li>{t('stays')}</li>
      <li>{t('name')}</li>
    </ul>
  );
}
