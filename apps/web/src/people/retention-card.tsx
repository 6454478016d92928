import { Archive } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Conversation, Retention, RetentionInForce } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useDurationText } from '../conversation/lifetime.js';
import { CheckField } from '../ui/check-field.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';
import { rightsOf } from './rights.js';

/** What stands in the list for good. */
const FOREVER = 'forever';
const DAY = 86_400;
const TIMES = [DAY, 7 * DAY, 28 * DAY, 91 * DAY, 364 * DAY] as const;

/** How long the server keeps what is written. It says so itself: nothing of that is a promise of other members. */
export function RetentionCard({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const t = useTranslations('retention');
  const { client } = useOpenApp();
  const durationText = useDurationText();
  const { isBusy, problem, attempt } = useAttempt();
  const { id, retention } = conversation;
  const inForce = useBounds(id);
  const isFixed = isBusy || !rightsOf(conversation, client.self.accountId).maySetTimes;
  const set = (change: Partial<Retention>): void =>
    void attempt(() => client.conversations.setRetention(id, { ...retention, ...change }));
  return (
    <section className="card">
      <h3>
        <Archive size={18} aria-hidden="true" /> {t('title')}
      </h3>
      <label className="setting">
        <small className="setting-hint">{t('hint')}</small>
        <TimeSelect
          seconds={retention.expireAfterSeconds}
          isFixed={isFixed}
          onChosen={(expireAfterSeconds) => set({ expireAfterSeconds })}
        />
      </label>
      {inForce?.deliveredEverywhere !== true && (
        <CheckField
          label={t('delivered')}
          isChecked={retention.afterDelivery}
          isDisabled={isFixed}
          onChange={(afterDelivery) => set({ afterDelivery })}
        />
      )}
      {inForce !== undefined && <Bounds inForce={inForce} durationText={durationText} />}
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
    </section>
  );
}

function TimeSelect({
  seconds,
  isFixed,
  onChosen,
}: {
  readonly seconds: number | null;
  readonly isFixed: boolean;
  readonly onChosen: (seconds: number | null) => void;
}): ReactNode {
  const t = useTranslations('retention');
  const durationText = useDurationText();
  // Another client may have chosen what is not in the list.
  const times = [...new Set([...TIMES, ...(seconds === null ? [] : [seconds])])].sort((one, other) => one - other);
  return (
    <select
      aria-label={t('title')}
      value={seconds ?? FOREVER}
      disabled={isFixed}
      onChange={({ target }) => onChosen(target.value === FOREVER ? null : Number(target.value))}
    >
      <option value={FOREVER}>{t('forever')}</option>
      {times.map((time) => (
        <option key={time} value={time}>
          {durationText(time)}
        </option>
      ))}
    </select>
  );
}

/** What the operator has set. */
function Bounds({
  inForce: { maximumSeconds, deliveredEverywhere, deliveredKeptSeconds },
  durationText,
}: {
  readonly inForce: RetentionInForce;
  readonly durationText: (seconds: number) => string;
}): ReactNode {
  const t = useTranslations('retention');
  const lines = [
    ...(deliveredEverywhere ? [t('deliveredEverywhere')] : []),
    ...(deliveredKeptSeconds > 0 ? [t('deliveredHint', { duration: durationText(deliveredKeptSeconds) })] : []),
    ...(maximumSeconds === null ? [] : [t('maximum', { duration: durationText(maximumSeconds) })]),
  ];
  return lines.map((line) => (
    <small key={line} className="setting-hint">
      {line}
    </small>
  ));
}

/** Undefined until the server has told, or while it cannot be reached: what the members have agreed is shown all the same. */
function useBounds(id: string): RetentionInForce | undefined {
  const { client } = useOpenApp();
  const [bounds, setBounds] = useState<RetentionInForce>();
  useEffect(() => {
    const ending = new AbortController();
    client.conversations.retention(id, { signal: ending.signal }).then(setBounds, () => undefined);
    return () => ending.abort();
  }, [client, id]);
  return bounds;
}
