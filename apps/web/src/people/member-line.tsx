import { Menu } from '@base-ui/react/menu';
import { BadgeCheck, Ban, Crown, EllipsisVertical, ShieldAlert, ShieldCheck, UserCog, UserMinus } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { Conversation, Member } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { useObservable } from '../state/observable.js';
import { Avatar } from '../ui/avatar.js';
import { ConfirmDialog } from '../ui/confirm-dialog.js';
import { Notice } from '../ui/notice.js';
import { useAttempt } from '../ui/use-attempt.js';
import { type Rights, rightsOf } from './rights.js';

interface MemberProps {
  readonly conversation: Conversation;
  readonly member: Member;
}

/** Somebody in a conversation; it leads to their safety number. */
export function MemberLine({ conversation, member }: MemberProps): ReactNode {
  const { isBusy, problem, attempt } = useAttempt();
  const ownId = useOpenApp().client.self.accountId;
  const { mayGiveRoles, mayRemove } = rightsOf(conversation, ownId);
  const isOwn = member.accountId === ownId;
  const mayBlock = conversation.kind === 'group' && !isOwn;
  const hasChoices = !isOwn && (mayBlock || mayGiveRoles || mayRemove(member));
  return (
    <>
      <div className="person-row" aria-busy={isBusy}>
        {isOwn ? (
          <div className="person">
            <Who member={member} isOwn />
          </div>
        ) : (
          <Link className="person" href={`/chats/${conversation.id}/people/${member.accountId}`}>
            <Who member={member} isOwn={false} />
          </Link>
        )}
        {hasChoices && <MemberMenu conversation={conversation} member={member} attempt={attempt} />}
      </div>
      {problem !== undefined && <Notice tone="error">{problem}</Notice>}
    </>
  );
}

function Who({ member, isOwn }: { readonly member: Member; readonly isOwn: boolean }): ReactNode {
  const t = useTranslations();
  const { peers } = useOpenApp();
  const trust = useObservable(peers.states).get(member.accountId);
  const { username, role, state } = member;
  return (
    <>
      <Avatar name={username} />
      <span className="person-name">
        {isOwn ? `${username} (${t('common.you')})` : username}
        {!isOwn && trust === 'verified' && (
          <BadgeCheck className="verified" size={16} role="img" aria-label={t('people.verified')} />
        )}
        {trust === 'changed' && (
          <ShieldAlert className="changed" size={16} role="img" aria-label={t('people.changed')} />
        )}
      </span>
      <span className="person-note">{state === 'invited' ? t('people.invited') : t('people.role', { role })}</span>
      {!isOwn && (
        <span className="person-action">
          <ShieldCheck size={18} aria-hidden="true" />
          <span className="person-compare">{t('people.compare')}</span>
        </span>
      )}
    </>
  );
}

interface MemberMenuProps extends MemberProps {
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
}

function MemberMenu({ conversation, member, attempt }: MemberMenuProps): ReactNode {
  const t = useTranslations('people');
  const { client } = useOpenApp();
  const [asked, setAsked] = useState<Asked>();
  const { username: name } = member;
  const giveRole = (role: Member['role']): Promise<void> => client.conversations.giveRole(conversation.id, name, role);
  return (
    <>
      <Menu.Root>
        <Menu.Trigger className="icon-button" aria-label={t('memberMenu', { name })}>
          <EllipsisVertical size={20} aria-hidden="true" />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={4} align="end">
            <Menu.Popup className="menu">
              <Choices
                rights={rightsOf(conversation, client.self.accountId)}
                member={member}
                onRole={(role) => void attempt(() => giveRole(role))}
                onAsk={setAsked}
              />
              <BlockChoice member={member} attempt={attempt} onAsk={setAsked} />
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
      <AskDialog conversation={conversation} member={member} asked={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}

type Asked = 'remove' | 'owner' | 'block';

interface ChoicesProps {
  readonly rights: Rights;
  readonly member: Member;
  readonly onRole: (role: Member['role']) => void;
  /** For what cannot be taken back. */
  readonly onAsk: (asked: Asked) => void;
}

function Choices({ rights, member, onRole, onAsk }: ChoicesProps): ReactNode {
  const t = useTranslations('people');
  const role = member.role === 'admin' ? 'member' : 'admin';
  return (
    <>
      {rights.mayGiveRoles && (
        <>
          <Menu.Item className="menu-item" onClick={() => onRole(role)}>
            <UserCog size={18} aria-hidden="true" />
            {t('giveRole', { role })}
          </Menu.Item>
          <Menu.Item className="menu-item" onClick={() => onAsk('owner')}>
            <Crown size={18} aria-hidden="true" />
            {t('handOver')}
          </Menu.Item>
        </>
      )}
      {rights.mayRemove(member) && (
        <Menu.Item className="menu-item menu-item-danger" onClick={() => onAsk('remove')}>
          <UserMinus size={18} aria-hidden="true" />
          {t('remove')}
        </Menu.Item>
      )}
    </>
  );
}

interface BlockChoiceProps extends Pick<MemberMenuProps, 'member' | 'attempt'> {
  readonly onAsk: (asked: Asked) => void;
}

/** Everybody may, whoever manages the group. */
function BlockChoice({ member, attempt, onAsk }: BlockChoiceProps): ReactNode {
  const t = useTranslations('contacts');
  const { contactBook } = useOpenApp();
  const isBlocked = useObservable(contactBook.blocked).has(member.accountId);
  const unblock = (): void => void attempt(() => contactBook.forget(member.username));
  return (
    <Menu.Item className="menu-item menu-item-danger" onClick={isBlocked ? unblock : () => onAsk('block')}>
      <Ban size={18} aria-hidden="true" />
      {isBlocked ? t('unblock') : t('block')}
    </Menu.Item>
  );
}

interface AskDialogProps extends MemberProps {
  readonly asked: Asked | undefined;
  readonly onClose: () => void;
}

/** Before what cannot be taken back, or is felt by somebody else. */
function AskDialog({ conversation, member, asked: asking, onClose }: AskDialogProps): ReactNode {
  const t = useTranslations('people');
  const { client, contactBook } = useOpenApp();
  const { username: name } = member;
  const asked = asking ?? 'remove';
  const actions: Record<Asked, readonly [action: string, confirm: () => Promise<unknown>]> = {
    remove: [t('remove'), () => client.conversations.remove(conversation.id, [name])],
    owner: [t('handOver'), () => client.conversations.giveRole(conversation.id, name, 'owner')],
    block: [t('block'), () => contactBook.block(name)],
  };
  const [action, confirm] = actions[asked];
  return (
    <ConfirmDialog
      isOpen={asking !== undefined}
      onClose={onClose}
      title={t('askTitle', { asked, name })}
      lead={t('askLead', { asked, name })}
      action={action}
      onConfirm={confirm}
    />
  );
}
