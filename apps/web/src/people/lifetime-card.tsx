import { Timer } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Conversation } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { LIFETIMES, useDurationText } from '../conversation/lifetime.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';
import { rightsOf } from './rights.js';

/** What stands in the list for good. */
const OFF = 'off';
/** Keys lead from one time to the next, and each of them is chosen on the way. Nobody who goes on stays that long. */
const CALM_MS = 1_000;

/** How long what is written lives. In a group, who may name it may change that. */
export function LifetimeCard({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const t = useTranslations('lifetime');
  const { client } = useOpenApp();
  const durationText = useDurationText();
  const { problem, attempt } = useAttempt();
  const { id, lifetimeSeconds } = conversation;
  const { maySetTimes: mayChange } = rightsOf(conversation, client.self.accountId);
  // Another client may have chosen what is not in the list.
  const choices = [...new Set([...LIFETIMES, ...(lifetimeSeconds === null ? [] : [lifetimeSeconds])])];
  const { value, choose, finish } = useChoice(lifetimeSeconds, (seconds) =>
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
          onChange={({ target }) => choose(target.value)}
          onBlur={finish}
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

/** What was chosen is shown until it stands in the log. Everybody in the chat is told of it: once, when the choice is made. */
function useChoice(present: number | null, onChosen: (seconds: number | null) => Promise<void>) {
  const [chosen, setChosen] = useState({ value: '', instead: present });
  const pending = useRef<{ readonly value: string; readonly timer: ReturnType<typeof setTimeout> }>(undefined);
  const isOnItsWay = chosen.value !== '' && chosen.instead === present;
  const finish = (): void => {
    const { current } = pending;
    if (current === undefined) return;
    clearTimeout(current.timer);
    pending.current = undefined;
    void onChosen(current.value === OFF ? null : Number(current.value));
  };
  const choose = (value: string): void => {
    setChosen({ value, instead: present });
    clearTimeout(pending.current?.timer);
    pending.current = { value, timer: setTimeout(finish, CALM_MS) };
  };
  const leave = useEffectEvent(finish);
  useEffect(() => () => leave(), []);
  return { value: isOnItsWay ? chosen.value : (present ?? OFF), choose, finish };
}
