import { useEffect, useState } from 'react';
import type { MessageRecord } from '#sdk';
import type { Client } from '../client/open-client.js';

export type Found = MessageRecord & { readonly conversationId: string };

/** More nobody reads: another word finds less. */
const MOST_FOUND = 30;
const LEAST_CHARS = 2;
/** So long nobody types on. Texts are in memory: it costs little to ask once more. */
const PAUSE_MS = 50;

/** Messages in which all words stand, as they are found. */
export function useMessageSearch(client: Client, words: string): readonly Found[] {
  const [found, setFound] = useState<{ readonly words: string; readonly messages: readonly Found[] }>();
  useEffect(() => {
    if (words.length < LEAST_CHARS) return undefined;
    const ending = new AbortController();
    const timer = setTimeout(() => {
      void search(client, words, ending.signal).then((messages) => {
        if (!ending.signal.aborted) setFound({ words, messages });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      ending.abort();
    };
  }, [client, words]);
  return found?.words === words ? found.messages : [];
}

async function search(client: Client, words: string, signal: AbortSignal): Promise<Found[]> {
  const messages: Found[] = [];
  for await (const message of client.messages.search(words)) {
    messages.push(message);
    if (signal.aborted || messages.length === MOST_FOUND) break;
  }
  return messages;
}
