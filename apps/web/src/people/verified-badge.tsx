import { BadgeCheck } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useTranslations } from 'use-intl';
import type { Conversation } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';

/** Says that everybody in a conversation was verified: of whom that is not so, nothing is said. */
export function VerifiedBadge({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const t = useTranslations('people');
  const { client, peers } = useOpenApp();
  const states = useObservable(peers.states);
  const ownId = client.self.accountId;
  const { members } = conversation;
  useEffect(() => peers.follow(othersOf(members, ownId)), [peers, members, ownId]);
  const others = othersOf(members, ownId);
  if (others.length === 0 || !others.every((accountId) => states.get(accountId) === 'verified')) return null;
  return <BadgeCheck className="verified" size={16} role="img" aria-label={t('verified')} />;
}

function othersOf(members: Conversation['members'], ownId: string): string[] {
  return members.flatMap(({ accountId }) => (accountId === ownId ? [] : accountId));
}
