import { useEffect, useEffectEvent } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import type { MessageRecord } from '#sdk';
import { chatName } from '../chats/chat.js';
import type { OpenApp } from '../client/contexts.js';
import { useMessageText } from '../conversation/message-text.js';
import { useObservable } from '../state/observable.js';
import { mutingNow } from './muting-choice.js';
import { notificationChoice } from './notification-choice.js';
import { Notifier, type ShownNotification, type Words } from './notifier.js';

/** What a system shows of a text, at the most. */
const MOST_CHARS = 240;

/** Tells of new messages by the browser's notifications, if whoever uses it wants that. */
export function useNotifications({ client, chats, contactBook }: OpenApp): void {
  const choice = useObservable(notificationChoice);
  const wordsFor = useWords(client);
  const wordsNow = useEffectEvent(wordsFor);
  const [, navigate] = useLocation();
  const open = useEffectEvent((conversationId: string) => {
    window.focus();
    navigate(`/chats/${conversationId}`);
  });
  useEffect(() => {
    if (choice === 'off') return undefined;
    const notifier = new Notifier({
      ownAccountId: client.self.accountId,
      isViewed: (id) => chats.isViewed(id),
      isMuted: () => mutingNow().choice !== 'off',
      isBlocked: (accountId) => contactBook.blocked.get().has(accountId),
      isRequest: (id) => isRequest(client, id),
      wordsFor: (id, message) => wordsNow(id, message),
      show,
      open: (id) => open(id),
    });
    const stopListening = client.listen((event) => notifier.hear(event));
    return () => {
      stopListening();
      notifier.stop();
    };
  }, [client, chats, contactBook, choice]);
}

/** It may be gone again by then, or the account locked. */
async function isRequest(client: OpenApp['client'], conversationId: string): Promise<boolean> {
  try {
    return (await client.conversations.get(conversationId)).standing === 'invited';
  } catch {
    return false;
  }
}

/** Without a name and a text, unless both are wanted. */
function useWords(client: OpenApp['client']): (conversationId: string, message?: MessageRecord) => Promise<Words> {
  const t = useTranslations('notifications');
  const tContacts = useTranslations('contacts');
  const textOf = useMessageText();
  const choice = useObservable(notificationChoice);
  return async (conversationId, message) => {
    if (choice !== 'content') return { title: 'Sealpost', body: t('quiet') };
    const conversation = await client.conversations.get(conversationId);
    const title = chatName(conversation, client.self.accountId);
    if (message === undefined) return { title, body: tContacts('request') };
    const { kind, members } = conversation;
    const text = textOf(message).slice(0, MOST_CHARS);
    const sender = members.find(({ accountId }) => accountId === message.senderAccountId);
    return {
      title,
      body: kind === 'group' && sender !== undefined ? `${sender.username}: ${text}` : text,
    };
  };
}

/** Permission may have been taken back; and on phones browsers have notifications of service workers only. */
function show({ title, body }: Words, tag: string): ShownNotification | undefined {
  if (Notification.permission !== 'granted') return undefined;
  try {
    return new Notification(title, { body, tag, icon: '/icon.svg' });
  } catch {
    return undefined;
  }
}
