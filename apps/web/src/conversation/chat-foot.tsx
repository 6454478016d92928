import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { Notice } from '../ui/notice.js';
import { ChangedKeyNotice } from './changed-key-notice.js';
import { Composer } from './composer.js';
import { Invitation } from './invitation.js';
import { useOpenChat } from './open-chat.js';

interface ChatFootProps {
  readonly name: string;
  readonly replyTo: MessageRecord | undefined;
  readonly onReplied: () => void;
}

/** Where one writes, or why one cannot. */
export function ChatFoot({ name, replyTo, onReplied }: ChatFootProps): ReactNode {
  const t = useTranslations('chat');
  const { chat, timeline } = useOpenChat();
  const { peers } = useOpenApp();
  const states = useObservable(peers.states);
  const { id, standing, members, isReady } = chat.conversation;
  if (standing === 'invited') return <Invitation id={id} name={name} />;
  if (standing === 'left') return <Notice tone="info">{t('left')}</Notice>;
  const changed = members.find(({ accountId }) => states.get(accountId) === 'changed');
  if (changed !== undefined) return <ChangedKeyNotice key={changed.accountId} member={changed} />;
  const send = async (text: string): Promise<void> => {
    await timeline.send(text, replyTo?.id ?? undefined);
    onReplied();
  };
  return (
    <>
      {!isReady && <Notice tone="info">{t('notReady')}</Notice>}
      <Composer id={id} replyTo={replyTo} onCancelReply={onReplied} onSend={send} />
    </>
  );
}
