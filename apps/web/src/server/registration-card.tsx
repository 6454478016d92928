import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { REGISTRATION_MODES } from '#protocol';
import { useOpenApp, useSession } from '../client/contexts.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';
import { useAnswer } from './use-answer.js';

/** Who may make an account on this server. */
export function RegistrationCard(): ReactNode {
  const t = useTranslations('server');
  const session = useSession();
  const { client } = useOpenApp();
  const { answer, problem } = useAnswer(() => client.admin.settings());
  const [chosen, setChosen] = useState<string>();
  const { isBusy, problem: refused, attempt } = useAttempt();
  const mode = chosen ?? answer?.registration;
  const set = (value: string): Promise<void> =>
    attempt(async () => {
      const wanted = REGISTRATION_MODES.find((one) => one === value);
      if (wanted === undefined) return;
      const settings = await session.factors.around(client, () => client.admin.setRegistration(wanted));
      setChosen(settings.registration);
    });
  return (
    <section className="card">
      <h2>{t('registration')}</h2>
      <label className="setting">
        <span>
          {t('whoRegisters')}
          <small className="setting-hint">{t('registrationHint')}</small>
        </span>
        <select
          value={mode ?? ''}
          disabled={mode === undefined || isBusy}
          onChange={({ target }) => void set(target.value)}
        >
          {mode === undefined && <option value="" />}
          {REGISTRATION_MODES.map((one) => (
            <option key={one} value={one}>
              {t('mode', { mode: one })}
            </option>
          ))}
        </select>
      </label>
      {(refused ?? problem) !== undefined && <Notice tone="error">{refused ?? problem}</Notice>}
    </section>
  );
}
