import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Profile } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';

const CHOICES: readonly Profile['privacy'][] = ['everyone', 'contacts'];

/** Whether strangers may begin conversations at once, or only ask. */
export function PrivacyCard(): ReactNode {
  const t = useTranslations('contacts');
  const { client } = useOpenApp();
  const { isBusy, problem, attempt } = useAttempt();
  const [privacy, setPrivacy] = useState<Profile['privacy']>();
  const read = useEffectEvent(() => attempt(async () => setPrivacy((await client.profile()).privacy)));
  useEffect(() => void read(), []);
  const choose = (value: string): Promise<void> =>
    attempt(async () => {
      const chosen = CHOICES.find((choice) => choice === value);
      if (chosen === undefined) return;
      await client.updateProfile({ privacy: chosen });
      setPrivacy(chosen);
    });
  return (
    <section className="card">
      <h2>{t('privacy')}</h2>
      <label className="setting">
        <small className="setting-hint">{t('privacyHint')}</small>
        <select
          aria-label={t('privacy')}
          value={privacy ?? ''}
          disabled={privacy === undefined || isBusy}
          onChange={({ target }) => void choose(target.value)}
        >
          {privacy === undefined && <option value="">…</option>}
          {CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {t(choice)}
            </option>
          ))}
        </select>
      </label>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
    </section>
  );
}
