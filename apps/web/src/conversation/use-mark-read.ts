import { useEffect, useSyncExternalStore } from 'react';
import { isRetryable } from '#sdk';
import { useOpenApp } from '../client/contexts.js';

/** The relay is told once for all that comes in a row. */
const PAUSE_MS = 1_000;

/** What is on the screen counts as read, as long as somebody may be looking. */
export function useMarkRead(conversationId: string, newestSeq: number | undefined): void {
  const { client, chats } = useOpenApp();
  const isVisible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');

  useEffect(() => (isVisible ? chats.view(conversationId) : undefined), [chats, conversationId, isVisible]);

  useEffect(() => {
    if (!isVisible || newestSeq === undefined) return undefined;
    const timer = setTimeout(() => {
      client.receipts.markRead(conversationId, newestSeq).catch((error: unknown) => {
        // It is told with the next one.
        if (!isRetryable(error)) throw error;
      });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [client, conversationId, newestSeq, isVisible]);
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
