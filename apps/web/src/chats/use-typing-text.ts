import { useTranslations } from 'use-intl';
import type { Conversation } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useSelected } from '../state/observable.js';

/** Who types in a conversation, in words; undefined while nobody does. */
export function useTypingText({ id, kind, members }: Conversation): string | undefined {
  const t = useTranslations('chats');
  const accountIds = useSelected(useOpenApp().typing.who, (who) => who.get(id));
  if (accountIds === undefined || accountIds.length === 0) return undefined;
  if (kind === 'direct') return t('typing');
  const names = accountIds.flatMap((typist) => members.find(({ accountId }) => accountId === typist)?.username ?? []);
  return t('typingNames', { names: names.join(', '), count: names.length });
}
