import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import type { NamedAccount } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import type { RosterLine } from './roster-lines.js';

/** More names than that nobody reads on one line. */
const MOST_NAMES = 4;

/** Who came, left, or has another role. */
export function RosterNote({ line }: { readonly line: RosterLine }): ReactNode {
  return (
    <div className="line line-note">
      <span className="note">{useRosterText()(line)}</span>
    </div>
  );
}

function useRosterText(): (line: RosterLine) => string {
  const t = useTranslations('roster');
  const format = useFormatter();
  const ownId = useOpenApp().client.self.accountId;
  const isOwn = ({ accountId }: NamedAccount): boolean => accountId === ownId;
  const listed = (people: readonly NamedAccount[]): string => {
    // Whoever reads it is named first.
    const ordered = [...people.filter(isOwn), ...people.filter((person) => !isOwn(person))];
    const names = ordered.map((person) => (isOwn(person) ? t('you') : person.username));
    const rest = names.length - MOST_NAMES + 1;
    return format.list(rest > 1 ? [...names.slice(0, -rest), t('others', { count: rest })] : names);
  };
  return ({ kind, by, role = 'member', people }) => {
    const isFounder = kind === 'added' && by !== null && people.some(({ accountId }) => accountId === by.accountId);
    return t(isFounder ? 'founded' : kind, {
      names: listed(people),
      // Who does it, and to whom it happens alone: languages say that of oneself in another way.
      who: by === null ? 'nobody' : isOwn(by) ? 'self' : 'other',
      name: by?.username ?? '',
      whom: people.length === 1 && people.every(isOwn) ? 'self' : 'other',
      role,
    });
  };
}
