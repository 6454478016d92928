import { useEffect, useMemo } from 'react';
import type { Client } from '../client/open-client.js';
import { useOpenApp } from '../client/contexts.js';

/** So often others are told that somebody is still typing. */
const REPEAT_MS = 4_000;

/** Tells the others of a conversation that somebody types there. */
export function useTypingSignal(conversationId: string): (isTyping: boolean) => void {
  const { client } = useOpenApp();
  const signal = useMemo(() => new TypingSignal(client, conversationId), [client, conversationId]);
  useEffect(() => () => signal.tell(false), [signal]);
  return signal.tell;
}

class TypingSignal {
  private toldAtMs = 0;

  constructor(
    private readonly client: Client,
    private readonly conversationId: string,
  ) {}

  readonly tell = (isTyping: boolean): void => {
    const isDue = isTyping ? Date.now() - this.toldAtMs >= REPEAT_MS : this.toldAtMs > 0;
    if (!isDue) return;
    this.toldAtMs = isTyping ? Date.now() : 0;
    // Nobody misses it where it cannot be told.
    this.client.conversations.typing(this.conversationId, isTyping).catch(() => undefined);
  };
}
