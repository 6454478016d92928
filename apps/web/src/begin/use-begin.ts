import { useLocation } from 'wouter';
import type { Conversation } from '#sdk';
import { useAttempt } from '../ui/use-attempt.js';
import { type OpenApp, useOpenApp } from '../client/contexts.js';

type Begin = (client: OpenApp['client']) => Promise<Conversation>;

/** Begins a conversation, and goes there. */
export function useBegin(onBegun: () => void) {
  const { client, chats } = useOpenApp();
  const [, navigate] = useLocation();
  const { isBusy, problem, attempt } = useAttempt();
  const begin = (conversationFrom: Begin): Promise<void> =>
    attempt(async () => {
      const conversation = await conversationFrom(client);
      await chats.add(conversation);
      onBegun();
      navigate(`/chats/${conversation.id}`);
    });
  return { isBusy, problem, begin };
}
