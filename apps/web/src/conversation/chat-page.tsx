import { FileQuestion } from 'lucide-react';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { type Chat, chatName } from '../chats/chat.js';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { EmptyState } from '../ui/empty-state.js';
import { Notice } from '../ui/notice.js';
import { ChatHeader } from './chat-header.js';
import { Composer } from './composer.js';
import { Invitation } from './invitation.js';
import { MessageList } from './message-list.js';
import { Timeline } from './timeline.js';
import { useChat } from './use-chat.js';
import { useMarkRead } from './use-mark-read.js';

/** One conversation. */
export function ChatPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations('chat');
  const chat = useChat(id);
  if (chat === undefined) return <main className="pane" aria-busy="true" />;
  if (chat !== null) return <OpenChat chat={chat} />;
  return (
    <main className="pane pane-empty">
      <EmptyState icon={<FileQuestion size={48} strokeWidth={1.5} />} title={t('unknown')}>
        <p>{t('unknownLead')}</p>
      </EmptyState>
    </main>
  );
}

function OpenChat({ chat }: { readonly chat: Chat }): ReactNode {
  const t = useTranslations('chat');
  const { client } = useOpenApp();
  const { id, standing, isReady, trouble } = chat.conversation;
  const timeline = useMemo(() => new Timeline(client, id), [client, id]);
  useEffect(() => {
    void timeline.start();
    return () => timeline.stop();
  }, [timeline]);
  const state = useObservable(timeline.state);
  useMarkRead(id, state.records.at(-1)?.seq);
  const name = chatName(chat.conversation, client.self.accountId);
  return (
    <main className="pane chat">
      <ChatHeader chat={chat} name={name} />
      {trouble !== null && <Notice tone="warning">{t('trouble')}</Notice>}
      <MessageList chat={chat} name={name} timeline={timeline} state={state} />
      {standing === 'invited' && <Invitation id={id} name={name} />}
      {standing === 'left' && <Notice tone="info">{t('left')}</Notice>}
      {standing === 'joined' && !isReady && <Notice tone="info">{t('notReady')}</Notice>}
      {standing === 'joined' && <Composer id={id} onSend={(text) => timeline.send(text)} />}
    </main>
  );
}
