import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { ChatSidebar } from './chats/chat-sidebar.js';
import { Chats } from './chats/chats.js';
import { Typing } from './chats/typing.js';
import { NoChatChosen } from './chats/no-chat-chosen.js';
import { type OpenApp, OpenAppContext } from './client/contexts.js';
import { type Client, withSelf } from './client/open-client.js';
import { useIdleLock } from './client/use-idle-lock.js';
import { ContactBook } from './contacts/contact-book.js';
import { ChatPage } from './conversation/chat-page.js';
import { forgetDrafts } from './conversation/composer.js';
import { OpenedFiles } from './files/opened-files.js';
import { OutgoingFiles } from './files/outgoing-files.js';
import { useNotifications } from './notifications/use-notifications.js';
import { useWakeUps } from './notifications/use-wake-ups.js';
import { PeoplePage } from './people/people-page.js';
import { Peers } from './people/peers.js';
import { SafetyNumberPage } from './people/safety-number-page.js';
import { SettingsPage } from './settings/settings-page.js';
import { AskedReport } from './reports/asked-report.js';
import type { ReportTarget } from './reports/report-target.js';
import { Observable, useObservable } from './state/observable.js';

const AdminPage = lazy(async () => ({ default: (await import('./admin/admin-page.js')).AdminPage }));
const EventsPage = lazy(async () => ({ default: (await import('./admin/events-page.js')).EventsPage }));
const UserPage = lazy(async () => ({ default: (await import('./admin/user-page.js')).UserPage }));
const ContactsPage = lazy(async () => ({ default: (await import('./contacts/contacts-page.js')).ContactsPage }));
const DevicesPage = lazy(async () => ({ default: (await import('./devices/devices-page.js')).DevicesPage }));
const FilesPage = lazy(async () => ({ default: (await import('./files/files-page.js')).FilesPage }));
const SecurityEventsPage = lazy(async () => ({
  default: (await import('./settings/security-events-page.js')).SecurityEventsPage,
}));
const SecondFactorsPage = lazy(async () => ({
  default: (await import('./mfa/second-factors-page.js')).SecondFactorsPage,
}));
const ServerPage = lazy(async () => ({ default: (await import('./server/server-page.js')).ServerPage }));
const LinkDevicePage = lazy(async () => ({ default: (await import('./linking/link-device-page.js')).LinkDevicePage }));

/** An open account: the chats, and beside them the one that is read. On a narrow screen one of the two. */
export function Messenger({ client }: { readonly client: Client }): ReactNode {
  const app = useApp(client);
  useBehindPages(app);
  const [path] = useLocation();
  const isListPage = !/^\/(chats|settings)/.test(path);
  return (
    <OpenAppContext value={app}>
      <div className={`messenger ${isListPage ? 'messenger-list' : 'messenger-detail'}`}>
        <ChatSidebar />
        <Suspense fallback={<main className="pane" aria-busy="true" />}>
          <Switch>
            <Route path="/chats/:id">{({ id }) => <ChatPage key={id} id={id} />}</Route>
            <Route path="/chats/:id/people">{({ id }) => <PeoplePage id={id} />}</Route>
            <Route path="/chats/:id/files">{({ id }) => <FilesPage key={id} id={id} />}</Route>
            <Route path="/chats/:id/people/:accountId">
              {({ id, accountId }) => <SafetyNumberPage key={accountId} id={id} accountId={accountId} />}
            </Route>
            <Route path="/settings/devices/link" component={LinkDevicePage} />
            <Route path="/settings/devices" component={DevicesPage} />
            <Route path="/settings/contacts" component={ContactsPage} />
            <Route path="/settings/second-factors" component={SecondFactorsPage} />
            <Route path="/settings/security-events" component={SecurityEventsPage} />
            <Route path="/settings/admin" component={AdminPage} />
            <Route path="/settings/admin/events">{() => <EventsPage />}</Route>
            <Route path="/settings/admin/users/:username/events">
              {({ username }) => <EventsPage key={username} username={username} />}
            </Route>
            <Route path="/settings/admin/users/:username">
              {({ username }) => <UserPage key={username} username={username} />}
            </Route>
            <Route path="/settings/admin/server" component={ServerPage} />
            <Route path="/settings" component={SettingsPage} />
            <Route component={NoChatChosen} />
          </Switch>
        </Suspense>
        <AskedReport />
      </div>
    </OpenAppContext>
  );
}

/** What goes on whichever page is shown. */
function useBehindPages(app: OpenApp): void {
  useUnreadInTitle(app.chats);
  useIdleLock();
  useNotifications(app);
  useWakeUps(app);
}

/** What turns the events of an open account into what is shown. */
function useApp(client: Client): OpenApp {
  const app = useMemo(() => newApp(client), [client]);
  useEffect(() => {
    const { chats, peers, typing, contactBook, outgoing, opened } = app;
    const stopListening = client.listen((event) => {
      peers.hear(event);
      typing.hear(event);
      contactBook.hear(event);
      opened.hear(event);
    });
    void chats.start();
    void outgoing.start();
    return () => {
      stopListening();
      for (const part of [chats, typing, outgoing, opened]) part.stop();
      forgetDrafts();
    };
  }, [client, app]);
  return app;
}

function newApp(client: Client): OpenApp {
  const known = withSelf(client);
  return {
    client: known,
    chats: new Chats(known),
    peers: new Peers(known),
    typing: new Typing(),
    contactBook: new ContactBook(known),
    outgoing: new OutgoingFiles(known),
    opened: new OpenedFiles(known),
    reporting: new Observable<ReportTarget | undefined>(undefined),
  };
}

/** How many messages wait, where it is seen from another tab. */
function useUnreadInTitle(chats: Chats): void {
  const list = useObservable(chats.list);
  const unread = list?.reduce((sum, chat) => sum + chat.conversation.unread, 0) ?? 0;
  useEffect(() => {
    document.title = unread === 0 ? 'Sealpost' : `(${unread}) Sealpost`;
    return () => void (document.title = 'Sealpost');
  }, [unread]);
}
