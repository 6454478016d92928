import { useOpenApp } from '../client/contexts.js';
import type { Chat } from '../chats/chat.js';
import { useObservable } from '../state/observable.js';

/** A conversation of the list: undefined while the list is read, null if it has none of that id. */
export function useChat(id: string): Chat | undefined | null {
  const list = useObservable(useOpenApp().chats.list);
  if (list === undefined) return undefined;
  return list.find(({ conversation }) => conversation.id === id) ?? null;
}
