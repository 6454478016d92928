import { Menu } from '@base-ui/react/menu';
import { ChevronDown, Copy, Flag, Info, Reply, Trash2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { MessageRecord } from '#sdk';
import { useOpenApp } from '../client/contexts.js';
import { DeleteDialog } from './delete-dialog.js';
import { MessageInfoDialog } from './message-info-dialog.js';
import { useMessageText } from './message-text.js';
import { useOpenChat } from './open-chat.js';

/** What nearly all reactions are. */
const EMOJI = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

interface Chosen {
  readonly record: MessageRecord;
  readonly isOwn: boolean;
}

/** One menu for all messages: there are many of them, and it is open for one at most. */
const menu = Menu.createHandle<Chosen>();

/** Stands beside each message. */
export function MessageMenuButton({ record, isOwn }: Chosen): ReactNode {
  const t = useTranslations('chat');
  return (
    <Menu.Trigger
      handle={menu}
      payload={{ record, isOwn }}
      className="icon-button message-menu"
      aria-label={t('messageMenu')}
      title={t('messageMenu')}
    >
      <ChevronDown size={18} aria-hidden="true" />
    </Menu.Trigger>
  );
}

/** What can be done with a message. */
export function MessageMenu(): ReactNode {
  const [deleting, setDeleting] = useState<MessageRecord>();
  const [asked, setAsked] = useState<MessageRecord>();
  return (
    <>
      <Menu.Root handle={menu}>
        {({ payload }) => (
          <Menu.Portal>
            <Menu.Positioner sideOffset={4} align="start">
              <Menu.Popup className="menu">
                {payload !== undefined && <Choices {...payload} onDelete={setDeleting} onAsk={setAsked} />}
              </Menu.Popup>
            </Menu.Positioner>
          </Menu.Portal>
        )}
      </Menu.Root>
      <DeleteDialog record={deleting} onClose={() => setDeleting(undefined)} />
      <MessageInfoDialog record={asked} onClose={() => setAsked(undefined)} />
    </>
  );
}

interface ChoicesProps extends Chosen {
  readonly onDelete: (record: MessageRecord) => void;
  readonly onAsk: (record: MessageRecord) => void;
}

function Choices({ record, isOwn, onDelete, onAsk }: ChoicesProps): ReactNode {
  const t = useTranslations('chat');
  const { chat, reply } = useOpenChat();
  const words = useMessageText()(record);
  // A file is saved where it stands.
  const text = record.content?.kind === 'attachment' ? record.content.caption : words;
  const canWrite = chat.conversation.standing === 'joined';
  return (
    <>
      {canWrite && <ReactionChoices record={record} />}
      {canWrite && (
        <Menu.Item className="menu-item" onClick={() => reply(record)}>
          <Reply size={18} aria-hidden="true" />
          {t('reply')}
        </Menu.Item>
      )}
      {text !== undefined && (
        <Menu.Item className="menu-item" onClick={() => void navigator.clipboard.writeText(text)}>
          <Copy size={18} aria-hidden="true" />
          {t('copyText')}
        </Menu.Item>
      )}
      {isOwn && (
        <Menu.Item className="menu-item" onClick={() => onAsk(record)}>
          <Info size={18} aria-hidden="true" />
          {t('info')}
        </Menu.Item>
      )}
      {!isOwn && <ReportChoice record={record} />}
      {isOwn && canWrite && (
        <Menu.Item className="menu-item menu-item-danger" onClick={() => onDelete(record)}>
          <Trash2 size={18} aria-hidden="true" />
          {t('deleteForAll')}
        </Menu.Item>
      )}
    </>
  );
}

/** Of whoever is still in the chat: others have no name here. */
function ReportChoice({ record }: { readonly record: MessageRecord }): ReactNode {
  const t = useTranslations('reports');
  const { reporting } = useOpenApp();
  const { id: conversationId, members } = useOpenChat().chat.conversation;
  const sender = members.find(({ accountId }) => accountId === record.senderAccountId);
  if (sender === undefined) return null;
  const { accountId, username } = sender;
  return (
    <Menu.Item
      className="menu-item menu-item-danger"
      onClick={() => reporting.set({ accountId, username, conversationId, record })}
    >
      <Flag size={18} aria-hidden="true" />
      {t('report')}
    </Menu.Item>
  );
}

function ReactionChoices({ record }: { readonly record: MessageRecord }): ReactNode {
  const t = useTranslations('chat');
  const { timeline } = useOpenChat();
  const ownId = useOpenApp().client.self.accountId;
  const own = record.reactions?.find(({ accountId }) => accountId === ownId)?.emoji;
  return (
    <Menu.Group className="reaction-choices" aria-label={t('react')}>
      {EMOJI.map((emoji) => (
        <Menu.CheckboxItem
          key={emoji}
          className="reaction-choice"
          label={emoji}
          aria-label={t('reactWith', { emoji })}
          checked={own === emoji}
          closeOnClick
          onCheckedChange={(isChosen) => void timeline.react(record.id ?? '', isChosen ? emoji : null)}
        >
          {emoji}
        </Menu.CheckboxItem>
      ))}
    </Menu.Group>
  );
}
