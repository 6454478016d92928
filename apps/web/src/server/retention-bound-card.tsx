import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp, useSession } from '../client/contexts.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Notice } from '../ui/notice.js';
import { useAnswer } from './use-answer.js';

/** What stands in the list for no bound. */
const FOREVER = 'forever';
const DAYS = [1, 7, 30, 90, 365, 1_095] as const;

/** How long this server keeps anything at most, whatever people say. */
export function RetentionBoundCard(): ReactNode {
  const t = useTranslations('server');
  const session = useSession();
  const { client } = useOpenApp();
  const { answer, problem, ask } = useAnswer(() => client.admin.settings());
  const [wanted, setWanted] = useState<string>();
  const days = answer?.retentionMaxDays ?? null;
  const set = async (value: string): Promise<void> => {
    const next = value === FOREVER ? null : Number(value);
    await session.factors.around(client, () => client.admin.setRetention(next));
    await ask();
  };
  return (
    <section className="card">
      <h2>{t('keeping')}</h2>
      <label className="setting">
        <span>
          {t('keptAtMost')}
          <small className="setting-hint">{t('keptHint')}</small>
        </span>
        <DaysSelect days={days} isFixed={answer === undefined} onChosen={setWanted} />
      </label>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
      <ConfirmDialog
        isOpen={wanted !== undefined}
        onClose={() => setWanted(undefined)}
        title={t('keepTitle')}
        lead={t('keepLead')}
        action={t('keepNow')}
        onConfirm={() => set(wanted ?? FOREVER)}
      />
    </section>
  );
}

interface DaysSelectProps {
  readonly days: number | null;
  readonly isFixed: boolean;
  readonly onChosen: (value: string) => void;
}

function DaysSelect({ days, isFixed, onChosen }: DaysSelectProps): ReactNode {
  const t = useTranslations('server');
  // Another client may have chosen what is not in the list.
  const listed = [...new Set([...DAYS, ...(days === null ? [] : [days])])].sort((one, other) => one - other);
  return (
    <select value={days ?? FOREVER} disabled={isFixed} onChange={({ target }) => onChosen(target.value)}>
      <option value={FOREVER}>{t('forGood')}</option>
      {listed.map((one) => (
        <option key={one} value={one}>
          {t('days', { days: one })}
        </option>
      ))}
    </select>
  );
}
