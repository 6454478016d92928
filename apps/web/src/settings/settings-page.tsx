import { LogOut, Lock } from 'lucide-react';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { StorageNotice } from '../account/recovery-code-page.js';
import { AdminCard } from '../admin/admin-card.js';
import { BackupCard } from '../backup/backup-card.js';
import { useOpenApp, useSession } from '../client/contexts.js';
import { ContactsCard } from '../contacts/contacts-card.js';
import { useLanguage } from '../i18n/i18n.js';
import { isLanguage, LANGUAGES } from '../i18n/languages.js';
import { NotificationCard } from '../notifications/notification-card.js';
import { ShortcutsCard } from '../shortcuts/shortcuts-card.js';
import { Button } from '../ui/button.js';
import { PaneHead } from '../ui/pane-head.js';
import { DeleteAccountCard } from './delete-account-card.js';
import { SecurityCard } from './security-card.js';
import { DevicesCard } from './devices-card.js';
import { SignOutDialog } from './sign-out-dialog.js';
import { isTheme, rememberTheme, storedTheme, THEMES } from './theme.js';

/** This device, and how the app looks on it. */
export function SettingsPage(): ReactNode {
  const t = useTranslations('settings');
  const isKept = useIsKept();
  return (
    <main className="pane">
      <PaneHead title={t('title')} back="/" />
      <div className="pane-body">
        <AccountCard />
        <DevicesCard />
        <SecurityCard />
        <AdminCard />
        <ContactsCard />
        <NotificationCard />
        <AppearanceCard />
        <ShortcutsCard />
        <section className="card">
          <h2>{t('storage')}</h2>
          {isKept !== undefined && <StorageNotice isKept={isKept} />}
        </section>
        <section className="card">
          <h2>{t('about')}</h2>
          <p>{t('aboutWeb')}</p>
        </section>
        <BackupCard />
        <DeleteAccountCard />
      </div>
    </main>
  );
}

/** What the browser has promised; undefined until it has said it. */
function useIsKept(): boolean | undefined {
  const [isKept, setKept] = useState<boolean>();
  useEffect(() => {
    navigator.storage.persisted().then(setKept, () => setKept(false));
  }, []);
  return isKept;
}

function AccountCard(): ReactNode {
  const t = useTranslations('settings');
  const session = useSession();
  const { username } = useOpenApp().client.self;
  const [isLeaving, setLeaving] = useState(false);
  return (
    <section className="card">
      <h2>{t('account')}</h2>
      <p>{t('signedInAs', { username })}</p>
      <div className="setting">
        <span>{t('lockHint')}</span>
        <Button onClick={() => void session.lock()}>
          <Lock size={18} aria-hidden="true" />
          {t('lock')}
        </Button>
      </div>
      <div className="setting">
        <span>{t('signOutHint')}</span>
        <Button kind="danger" onClick={() => setLeaving(true)}>
          <LogOut size={18} aria-hidden="true" />
          {t('signOut')}
        </Button>
      </div>
      <SignOutDialog isOpen={isLeaving} onOpenChange={setLeaving} />
    </section>
  );
}

function AppearanceCard(): ReactNode {
  const t = useTranslations('settings');
  const [theme, setTheme] = useState(storedTheme);
  const chooseTheme = (value: string): void => {
    if (!isTheme(value)) return;
    rememberTheme(value);
    setTheme(value);
  };
  return (
    <section className="card">
      <h2>{t('appearance')}</h2>
      <label className="setting">
        {t('theme')}
        <select value={theme} onChange={({ target }) => chooseTheme(target.value)}>
          {THEMES.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </select>
      </label>
      <LanguageSetting />
    </section>
  );
}

function LanguageSetting(): ReactNode {
  const t = useTranslations('settings');
  const { language, choose } = useLanguage();
  const shownIn = useLocale();
  const list = useRef<HTMLSelectElement>(null);
  // What stands above is longer or shorter in another language, and would push it out of sight.
  useLayoutEffect(() => {
    if (document.activeElement === list.current) list.current?.scrollIntoView({ block: 'nearest' });
  }, [shownIn]);
  return (
    <label className="setting">
      {t('language')}
      <select ref={list} value={language} onChange={({ target }) => isLanguage(target.value) && choose(target.value)}>
        {Object.entries(LANGUAGES).map(([code, name]) => (
          <option key={code} value={code} lang={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
