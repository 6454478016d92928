import { type ReactNode, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { Notice } from '../ui/notice.js';
import { inForce, isMutingChoice, type MutingChoice, mutingFrom, MUTINGS } from './muting.js';
import { chosenMuting, rememberMuting } from './muting-choice.js';
import { areWakeUpsOn } from './wake-up-choice.js';
import { sayMuting } from './wake-ups.js';

/** Whether this browser tells of nothing for a while, and is not woken either. */
export function MutingSetting(): ReactNode {
  const t = useTranslations('notifications');
  const format = useFormatter();
  const { choice, untilMs, hasFailed, choose } = useMuting();
  return (
    <>
      <label className="setting">
        <span>
          {t('mute')}
          <small className="setting-hint">
            {untilMs === null
              ? t('muteHint')
              : t('mutedUntil', {
                  at: format.dateTime(new Date(untilMs), { dateStyle: 'medium', timeStyle: 'short' }),
                })}
          </small>
        </span>
        <select value={choice} onChange={({ target }) => isMutingChoice(target.value) && void choose(target.value)}>
          {MUTINGS.map((one) => (
            <option key={one} value={one}>
              {t('muteFor', { choice: one })}
            </option>
          ))}
        </select>
      </label>
      {hasFailed && <Notice tone="error">{t('muteFailed')}</Notice>}
    </>
  );
}

function useMuting() {
  const { client } = useOpenApp();
  const [hasFailed, setFailed] = useState(false);
  const chosen = useObservable(chosenMuting);
  const [nowMs] = useState(() => Date.now());
  const { choice, untilMs } = inForce(chosen, nowMs);
  const choose = async (wanted: MutingChoice): Promise<void> => {
    rememberMuting(mutingFrom(wanted, Date.now()));
    setFailed(false);
    try {
      if (areWakeUpsOn.get()) await sayMuting(client);
    } catch {
      setFailed(true);
    }
  };
  return { choice, untilMs, hasFailed, choose };
}
