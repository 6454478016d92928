import { Menu } from '@base-ui/react/menu';
import { EllipsisVertical, Keyboard, Lock, MessageSquarePlus, Search, Settings, X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type Ref, type RefObject, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { AnnouncementBanner } from '../announcements/announcement-banner.js';
import { BeginDialog } from '../begin/begin-dialog.js';
import { useOpenApp, useSession } from '../client/contexts.js';
import { StoreNotice } from '../offline/store-notice.js';
import { UpdateNotice } from '../offline/update-notice.js';
import { ShortcutsDialog } from '../shortcuts/shortcuts-dialog.js';
import { useShortcuts } from '../shortcuts/use-shortcuts.js';
import { IconButton } from '../ui/button.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { ChatList } from './chat-list.js';

/** All chats, with what leads to others. */
export function ChatSidebar(): ReactNode {
  const t = useTranslations('chats');
  const [words, setWords] = useState('');
  const [isBeginning, setBeginning] = useState(false);
  const [isHelping, setHelping] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const focusSearch = useFocusInList(field);
  useShortcuts({ onSearch: focusSearch, onBegin: () => setBeginning(true), onHelp: () => setHelping(true) });
  return (
    <aside className="sidebar" aria-label={t('title')}>
      <header className="sidebar-head">
        <h1>{t('title')}</h1>
        <IconButton label={t('new')} onClick={() => setBeginning(true)}>
          <MessageSquarePlus size={22} aria-hidden="true" />
        </IconButton>
        <MainMenu onHelp={() => setHelping(true)} />
      </header>
      <SearchField ref={field} words={words} onChange={setWords} />
      <AnnouncementBanner />
      <OfflineNotice />
      <StoreNotice />
      <UpdateNotice />
      <ChatList words={words} onBegin={() => setBeginning(true)} />
      <BeginDialog isOpen={isBeginning} onOpenChange={setBeginning} />
      <ShortcutsDialog isOpen={isHelping} onClose={() => setHelping(false)} />
    </aside>
  );
}

/** On a narrow screen the list is not there while a chat is. */
function useFocusInList(field: RefObject<HTMLInputElement | null>): () => void {
  const [, navigate] = useLocation();
  return () => {
    if (field.current?.checkVisibility() === false) flushSync(() => navigate('/'));
    field.current?.focus();
  };
}

interface SearchFieldProps {
  readonly ref: Ref<HTMLInputElement>;
  readonly words: string;
  readonly onChange: (words: string) => void;
}

function SearchField({ ref, words, onChange }: SearchFieldProps): ReactNode {
  const t = useTranslations('chats');
  const { client } = useOpenApp();
  const clear = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || words === '') return;
    event.preventDefault();
    onChange('');
  };
  return (
    <div className="search" role="search">
      <Search size={18} aria-hidden="true" />
      <input
        ref={ref}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={words}
        onChange={({ target }) => onChange(target.value)}
        onKeyDown={clear}
        // All is read while the first word is typed. If that fails, the search itself says so.
        onFocus={() => void client.messages.prepareSearch().catch(() => undefined)}
      />
      {words !== '' && (
        <IconButton label={t('clearSearch')} onClick={() => onChange('')}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

function MainMenu({ onHelp }: { readonly onHelp: () => void }): ReactNode {
  const t = useTranslations();
  const session = useSession();
  const [, navigate] = useLocation();
  return (
    <Menu.Root>
      <Menu.Trigger className="icon-button" aria-label={t('chats.menu')} title={t('chats.menu')}>
        <EllipsisVertical size={22} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end">
          <Menu.Popup className="menu">
            <Menu.Item className="menu-item" onClick={() => navigate('/settings')}>
              <Settings size={18} aria-hidden="true" />
              {t('settings.title')}
            </Menu.Item>
            <Menu.Item className="menu-item" onClick={onHelp}>
              <Keyboard size={18} aria-hidden="true" />
              {t('shortcuts.title')}
            </Menu.Item>
            <Menu.Item className="menu-item" onClick={() => void session.lock()}>
              <Lock size={18} aria-hidden="true" />
              {t('settings.lock')}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
