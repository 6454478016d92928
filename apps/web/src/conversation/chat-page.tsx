import { FileQuestion } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { type Chat, chatName } from '../chats/chat.js';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { EmptyState } from '../ui/empty-state.js';
import { Notice } from '../ui/notice.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { ChatFoot } from './chat-foot.js';
import { ChatHeader } from './chat-header.js';
import { MessageList } from './message-list.js';
import { MessageMenu } from './message-menu.js';
import { OpenChatContext } from './open-chat.js';
import { Timeline } from './timeline.js';
import { useChat } from './use-chat.js';
import { useJump } from './use-jump.js';
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
  const { id, trouble } = chat.conversation;
  const timeline = useTimeline(id);
  const state = useObservable(timeline.state);
  useMarkRead(id, state.records.at(-1)?.seq);
  const [replyTo, setReplyTo] = useState<MessageRecord>();
  const { jumpTo, target } = useJump(timeline, state.isLoaded);
  const open = useMemo(() => ({ chat, timeline, reply: setReplyTo, jumpTo }), [chat, timeline, jumpTo]);
  const name = chatName(chat.conversation, client.self.accountId);
  return (
    <OpenChatContext value={open}>
      <main className="pane chat">
        <ChatHeader chat={chat} name={name} />
        <div className="narrow-only">
          <OfflineNotice />
        </div>
        {trouble !== null && <Notice tone="warning">{t('trouble')}</Notice>}
        <MessageList name={name} state={state} target={target} />
        <ChatFoot name={name} replyTo={replyTo} onReplied={() => setReplyTo(undefined)} />
        <MessageMenu />
      </main>
    </OpenChatContext>
  );
}

function useTimeline(id: string): Timeline {
  const { client } = useOpenApp();
  const timeline = useMemo(() => new Timeline(client, id), [client, id]);
  useEffect(() => {
    void timeline.start();
    return () => timeline.stop();
  }, [timeline]);
  return timeline;
}
