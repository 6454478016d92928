import { Timer } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Conversation } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { LIFETIMES, useDurationText } from '../conversation/lifetime.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';
import { rightsOf } from './rights.js';

/** What stands in the list for good. */
const OFF = 'off';

/** How long what is written lives. In a group, who may name it may change that. */
export function LifetimeCard({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const t = useTranslations('lifetime');
  const { client } = useOpenApp();
  const durationText = useDurationText();
  const { problem, attempt } = useAttempt();
  const { id, kind, lifetimeSeconds } = conversation;
  const mayChange = kind === 'direct' || rightsOf(conversation, client.self.accountId).mayRename;
  // Another client may have chosen what is not in the list.
  const choices = [...new Set([...LIFETIMES, ...(lifetimeSeconds === null ? [] : [lifetimeSeconds])])];
  const { value, choose } = useChoice(lifetimeSeconds, (seconds) =>
    attempt(() => client.conversations.setLifetime(id, seconds)),
  );
  return (
    <section className="card">
      <h3>
        <Timer size={18} aria-hidden="true" /> {t('title')}
      </h3>
      <label className="setting">
        <small className="setting-hint">{t('hint')}</small>
        <select
          aria-label={t('title')}
          value={value}
          disabled={!mayChange}
          onChange={({ target }) => void choose(target.value)}
        >
          <option value={OFF}>{t('off')}</option>
          {choices
            .sort((one, other) => one - other)
            .map((seconds) => (
              <option key={seconds} value={seconds}>
                {durationText(seconds)}
              </option>
            ))}
        </select>
      </label>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
    </section>
  );
}

/** What was chosen is shown until it stands in the log. */
function useChoice(present: number | null, onChosen: (seconds: number | null) => Promise<void>) {
  const [chosen, setChosen] = useState({ value: '', instead: present });
  const isOnItsWay = chosen.value !== '' && chosen.instead === present;
  const choose = (value: string): Promise<void> => {
    setChosen({ value, instead: present });
    return onChosen(value === OFF ? null : Number(value));
  };
  return { value: isOnItsWay ? chosen.value : (present ?? OFF), choose };
}
