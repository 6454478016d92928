import { MessagesSquare, SearchX } from 'lucide-react';
import { type ReactNode, useDeferredValue, useMemo, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { Virtualizer } from 'virtua';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { Button } from '../ui/button.js';
import { EmptyState } from '../ui/empty-state.js';
import { type Chat, chatName, matchesName } from './chat.js';
import { ChatLine, FoundLine } from './chat-line.js';
import { type Found, useMessageSearch } from './use-message-search.js';

interface ChatListProps {
  /** What is searched for; empty for all. */
  readonly words: string;
  readonly onBegin: () => void;
}

/** The chats, or what was found of chats and messages. */
export function ChatList({ words, onBegin }: ChatListProps): ReactNode {
  const t = useTranslations('chats');
  const { client, chats } = useOpenApp();
  const all = useObservable(chats.list);
  const wanted = useDeferredValue(words.trim());
  const found = useMessageSearch(client, wanted);
  const ownId = client.self.accountId;
  const shown = useMemo(
    () => (wanted === '' ? all : all?.filter(({ conversation }) => matchesName(chatName(conversation, ownId), wanted))),
    [all, wanted, ownId],
  );
  if (all === undefined || shown === undefined) return <div className="chat-list" aria-busy="true" />;
  if (all.length === 0) return <NoChats onBegin={onBegin} />;
  if (shown.length === 0 && found.length === 0 && wanted !== '')
    return <EmptyState icon={<SearchX size={40} />} title={t('noMatch', { words: wanted })} />;
  return <Lines shown={shown} found={found} wanted={wanted} all={all} />;
}

interface LinesProps {
  readonly shown: readonly Chat[];
  readonly found: readonly Found[];
  readonly wanted: string;
  readonly all: readonly Chat[];
}

function Lines({ shown, found, wanted, all }: LinesProps): ReactNode {
  const t = useTranslations('chats');
  const scroller = useRef<HTMLElement>(null);
  return (
    <nav className="chat-list" aria-label={t('list')} ref={scroller}>
      <Virtualizer as="ul" item="li" scrollRef={scroller} itemSize={72}>
        {shown.map((chat) => (
          <ChatLine key={chat.conversation.id} chat={chat} />
        ))}
      </Virtualizer>
      {found.length > 0 && <h2 className="list-heading">{t('messages')}</h2>}
      <ul>
        {found.map((one) => (
          <li key={`${one.conversationId} ${one.seq}`}>
            <FoundLine
              found={one}
              words={wanted}
              chat={all.find(({ conversation }) => conversation.id === one.conversationId)}
            />
          </li>
        ))}
      </ul>
    </nav>
  );
}

function NoChats({ onBegin }: { readonly onBegin: () => void }): ReactNode {
  const t = useTranslations('chats');
  return (
    <EmptyState icon={<MessagesSquare size={48} strokeWidth={1.5} />} title={t('empty')}>
      <p>{t('emptyLead')}</p>
      <Button kind="primary" onClick={onBegin}>
        {t('start')}
      </Button>
    </EmptyState>
  );
}
