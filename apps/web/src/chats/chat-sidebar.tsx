import { Menu } from '@base-ui/react/menu';
import { EllipsisVertical, Lock, MessageSquarePlus, Search, Settings, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { BeginDialog } from '../begin/begin-dialog.js';
import { useSession } from '../client/contexts.js';
import { StoreNotice } from '../offline/store-notice.js';
import { UpdateNotice } from '../offline/update-notice.js';
import { IconButton } from '../ui/button.js';
import { OfflineNotice } from '../ui/offline-notice.js';
import { ChatList } from './chat-list.js';

/** All chats, with what leads to others. */
export function ChatSidebar(): ReactNode {
  const t = useTranslations('chats');
  const [words, setWords] = useState('');
  const [isBeginning, setBeginning] = useState(false);
  return (
    <aside className="sidebar" aria-label={t('title')}>
      <header className="sidebar-head">
        <h1>{t('title')}</h1>
        <IconButton label={t('new')} onClick={() => setBeginning(true)}>
          <MessageSquarePlus size={22} aria-hidden="true" />
        </IconButton>
        <MainMenu />
      </header>
      <SearchField words={words} onChange={setWords} />
      <OfflineNotice />
      <StoreNotice />
      <UpdateNotice />
      <ChatList words={words} onBegin={() => setBeginning(true)} />
      <BeginDialog isOpen={isBeginning} onOpenChange={setBeginning} />
    </aside>
  );
}

interface SearchFieldProps {
  readonly words: string;
  readonly onChange: (words: string) => void;
}

function SearchField({ words, onChange }: SearchFieldProps): ReactNode {
  const t = useTranslations('chats');
  return (
    <div className="search" role="search">
      <Search size={18} aria-hidden="true" />
      <input
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={words}
        onChange={({ target }) => onChange(target.value)}
      />
      {words !== '' && (
        <IconButton label={t('clearSearch')} onClick={() => onChange('')}>
          <X size={16} aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

function MainMenu(): ReactNode {
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
