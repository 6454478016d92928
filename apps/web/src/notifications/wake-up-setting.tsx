import { Switch } from '@base-ui/react/switch';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { Notice } from '../ui/notice.js';
import { areWakeUpsOn } from './wake-up-choice.js';
import { NotificationsRefused, NoWakeUps, stopWaking, wakeWhileClosed } from './wake-ups.js';

type Problem = 'refused' | 'noWakeUps' | 'failed';

/** Whether messages are told of while the app is closed. */
export function WakeUpSetting(): ReactNode {
  const t = useTranslations('notifications');
  const { client } = useOpenApp();
  const areOn = useObservable(areWakeUpsOn);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const choose = async (wanted: boolean): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await (wanted ? wakeWhileClosed(client) : stopWaking(client));
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <label className="setting">
        <span>
          {t('closed')}
          <small className="setting-hint">{t('closedHint')}</small>
        </span>
        <Switch.Root
          className="switch"
          checked={areOn}
          disabled={isBusy}
          onCheckedChange={(wanted) => void choose(wanted)}
        >
          <Switch.Thumb className="switch-thumb" />
        </Switch.Root>
      </label>
      {problem !== undefined && <Notice tone="error">{t(problem)}</Notice>}
    </>
  );
}

function problemOf(error: unknown): Problem {
  if (error instanceof NotificationsRefused) return 'refused';
  return error instanceof NoWakeUps ? 'noWakeUps' : 'failed';
}
