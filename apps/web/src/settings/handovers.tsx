import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { Handover } from '#sdk';

/** To whom groups are given: conversation by conversation, a username. Where there is none, it goes as it goes. */
export type Choices = Readonly<Record<string, string>>;

interface HandoversProps {
  readonly handovers: readonly Handover[];
  readonly choices: Choices;
  readonly onChoose: (choices: Choices) => void;
}

/** The groups that an account owns, and whose they will be. */
export function Handovers({ handovers, choices, onChoose }: HandoversProps): ReactNode {
  const t = useTranslations('deletion');
  if (handovers.length === 0) return null;
  return (
    <fieldset className="handovers">
      <legend>{t('groups')}</legend>
      <p className="lead">{t('groupsLead')}</p>
      {handovers.map((handover) => (
        <HandoverLine
          key={handover.conversationId}
          handover={handover}
          chosen={choices[handover.conversationId] ?? ''}
          onChoose={(username) => onChoose({ ...choices, [handover.conversationId]: username })}
        />
      ))}
    </fieldset>
  );
}

interface HandoverLineProps {
  readonly handover: Handover;
  readonly chosen: string;
  readonly onChoose: (username: string) => void;
}

function HandoverLine({ handover, chosen, onChoose }: HandoverLineProps): ReactNode {
  const t = useTranslations('deletion');
  const { heirs, members } = handover;
  const title = handover.title ?? t('untitled');
  if (members.length === 0) return <p>{t('ends', { title })}</p>;
  const [heir] = heirs;
  const isKnown = heir !== undefined && heirs.length === 1;
  return (
    <label className="setting">
      {t('goesTo', { title })}
      <select value={chosen} onChange={({ target }) => onChoose(target.value)}>
        <option value="">{isKnown ? heir.username : t('oldest')}</option>
        {members
          .filter(({ username }) => !isKnown || username !== heir.username)
          .map(({ accountId, username }) => (
            <option key={accountId} value={username}>
              {username}
            </option>
          ))}
      </select>
    </label>
  );
}
