import { ChevronRight, ShieldCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { Member } from '#sdk';
import { chatName } from '../chats/chat.js';
import { useOpenApp } from '../client/contexts.js';
import { useChat } from '../conversation/use-chat.js';
import { Avatar } from '../ui/avatar.js';
import { PaneHead } from '../ui/pane-head.js';

/** Who is in a conversation. */
export function PeoplePage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations('people');
  const chat = useChat(id);
  const ownId = useOpenApp().client.self.accountId;
  if (chat === undefined || chat === null) return <main className="pane" />;
  const { conversation } = chat;
  const name = chatName(conversation, ownId);
  return (
    <main className="pane">
      <PaneHead title={t('title')} back={`/chats/${id}`} />
      <div className="pane-body">
        <div className="profile">
          <Avatar name={name} isGroup={conversation.kind === 'group'} />
          <h2>{name}</h2>
        </div>
        <section className="card">
          <h3>{t('members')}</h3>
          <ul className="people">
            {conversation.members.map((member) => (
              <li key={member.accountId}>
                <MemberLine id={id} member={member} isOwn={member.accountId === ownId} />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </main>
  );
}

interface MemberLineProps {
  readonly id: string;
  readonly member: Member;
  readonly isOwn: boolean;
}

function MemberLine({ id, member, isOwn }: MemberLineProps): ReactNode {
  const t = useTranslations();
  const { accountId, username, role, state } = member;
  const who = (
    <>
      <Avatar name={username} />
      <span className="person-name">{isOwn ? `${username} (${t('common.you')})` : username}</span>
      <span className="person-note">{state === 'invited' ? t('people.invited') : t('people.role', { role })}</span>
    </>
  );
  if (isOwn) return <div className="person">{who}</div>;
  return (
    <Link className="person" href={`/chats/${id}/people/${accountId}`}>
      {who}
      <span className="person-action">
        <ShieldCheck size={18} aria-hidden="true" />
        <span className="person-compare">{t('people.compare')}</span>
        <ChevronRight size={18} aria-hidden="true" />
      </span>
    </Link>
  );
}
