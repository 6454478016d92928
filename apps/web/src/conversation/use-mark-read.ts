import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { unlessGone } from '../client/error-code.js';
import { useOpenApp } from '../client/contexts.js';
import type { Client } from '../client/open-client.js';

/** The relay is told once for all that comes in a row. */
const PAUSE_MS = 1_000;

/** What is on the screen counts as read, as long as somebody may be looking. */
export function useMarkRead(conversationId: string, newestSeq: number | undefined): void {
  const { client, chats } = useOpenApp();
  const isVisible = useSyncExternalStore(onVisibility, () => document.visibilityState === 'visible');
  const marker = useMemo(() => new ReadMarker(client, conversationId), [client, conversationId]);
  // Whoever goes on at once has seen it as well.
  useEffect(() => () => marker.flush(), [marker]);
  useEffect(() => (isVisible ? chats.view(conversationId) : undefined), [chats, conversationId, isVisible]);
  useEffect(() => {
    if (isVisible && newestSeq !== undefined) marker.see(newestSeq);
  }, [marker, newestSeq, isVisible]);
}

class ReadMarker {
  private seen: number | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly client: Client,
    private readonly conversationId: string,
  ) {}

  see(seq: number): void {
    this.seen = seq;
    this.timer ??= setTimeout(() => this.flush(), PAUSE_MS);
  }

  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.seen === undefined) return;
    void unlessGone(this.client.receipts.markRead(this.conversationId, this.seen));
    this.seen = undefined;
  }
}

function onVisibility(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  return () => document.removeEventListener('visibilitychange', listener);
}
