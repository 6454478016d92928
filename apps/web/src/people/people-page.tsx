import { Ban, LogOut, Pencil, UserPlus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import type { Conversation } from '#sdk';
import { type Chat, chatName } from '../chats/chat.js';
import { useOpenApp } from '../client/contexts.js';
import { useChat } from '../conversation/use-chat.js';
import { FilesCard } from '../files/files-card.js';
import { ReportCard } from '../reports/report-card.js';
import { Avatar } from '../ui/avatar.js';
import { Button, IconButton } from '../ui/button.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { PaneHead } from '../ui/pane-head.js';
import { AddPeopleDialog } from './add-people-dialog.js';
import { LifetimeCard } from './lifetime-card.js';
import { MemberLine } from './member-line.js';
import { RenameDialog } from './rename-dialog.js';
import { RetentionCard } from './retention-card.js';
import { rightsOf } from './rights.js';

/** Who is in a conversation, and what may be done about it. */
export function PeoplePage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations('people');
  const chat = useChat(id);
  if (chat === undefined || chat === null) return <main className="pane" />;
  return (
    <main className="pane">
      <PaneHead title={t('title')} back={`/chats/${id}`} />
      <div className="pane-body">
        <Profile chat={chat} />
        <Members conversation={chat.conversation} />
        <FilesCard id={id} />
        {chat.conversation.standing === 'joined' && <LifetimeCard conversation={chat.conversation} />}
        {chat.conversation.standing === 'joined' && <RetentionCard conversation={chat.conversation} />}
        <ReportCard conversation={chat.conversation} />
        {chat.conversation.standing === 'joined' && <EndCard conversation={chat.conversation} />}
      </div>
    </main>
  );
}

function Profile({ chat: { conversation } }: { readonly chat: Chat }): ReactNode {
  const t = useTranslations();
  const [isRenaming, setRenaming] = useState(false);
  const ownId = useOpenApp().client.self.accountId;
  const name = chatName(conversation, ownId);
  const isGroup = conversation.kind === 'group';
  return (
    <div className="profile">
      <Avatar name={name} isGroup={isGroup} />
      <div className="profile-name">
        <h2>{name}</h2>
        {isGroup && rightsOf(conversation, ownId).mayRename && (
          <IconButton label={t('people.rename')} onClick={() => setRenaming(true)}>
            <Pencil size={18} aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {isGroup && <p className="lead">{t('chat.group', { count: conversation.members.length })}</p>}
      <RenameDialog conversation={conversation} isOpen={isRenaming} onClose={() => setRenaming(false)} />
    </div>
  );
}

function Members({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const t = useTranslations('people');
  const [isAdding, setAdding] = useState(false);
  const ownId = useOpenApp().client.self.accountId;
  const { id, members } = conversation;
  return (
    <section className="card">
      <h3>{t('members')}</h3>
      <ul className="people">
        {rightsOf(conversation, ownId).mayAdd && (
          <li>
            <button type="button" className="person person-add" onClick={() => setAdding(true)}>
              <span className="avatar">
                <UserPlus size={22} aria-hidden="true" />
              </span>
              {t('add')}
            </button>
          </li>
        )}
        {members.map((member) => (
          <li key={member.accountId}>
            <MemberLine conversation={conversation} member={member} />
          </li>
        ))}
      </ul>
      <AddPeopleDialog id={id} isOpen={isAdding} onClose={() => setAdding(false)} />
    </section>
  );
}

/** How one ends it. */
function EndCard({ conversation }: { readonly conversation: Conversation }): ReactNode {
  const t = useTranslations('people');
  const { client } = useOpenApp();
  const [, navigate] = useLocation();
  const [isAsking, setAsking] = useState(false);
  const { id, kind, members } = conversation;
  const other = members.find(({ accountId }) => accountId !== client.self.accountId)?.username ?? '';
  const isGroup = kind === 'group';
  const end = async (): Promise<void> => {
    await (isGroup ? client.conversations.leave(id) : client.contacts.block(other));
    navigate(`/chats/${id}`);
  };
  return (
    <section className="card">
      <div className="setting">
        <span>{isGroup ? t('leaveHint') : t('blockHint')}</span>
        <Button kind="danger" onClick={() => setAsking(true)}>
          {isGroup ? <LogOut size={18} aria-hidden="true" /> : <Ban size={18} aria-hidden="true" />}
          {isGroup ? t('leave') : t('block')}
        </Button>
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={isGroup ? t('leaveTitle') : t('blockTitle', { name: other })}
        lead={isGroup ? t('leaveLead') : t('blockLead', { name: other })}
        action={isGroup ? t('leave') : t('block')}
        onConfirm={end}
      />
    </section>
  );
}
