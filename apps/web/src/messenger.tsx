import { lazy, type ReactNode, Suspense, useEffect, useMemo } from 'react';
import { Route, Switch, useLocation } from 'wouter';
import { ChatSidebar } from './chats/chat-sidebar.js';
import { Chats } from './chats/chats.js';
import { Typing } from './chats/typing.js';
import { NoChatChosen } from './chats/no-chat-chosen.js';
import { type OpenApp, OpenAppContext } from './client/contexts.js';
import { type Client, withSelf } from './client/open-client.js';
import { useIdleLock } from './client/use-idle-lock.js';
import { ChatPage } from './conversation/chat-page.js';
import { forgetDrafts } from './conversation/composer.js';
import { useNotifications } from './notifications/use-notifications.js';
import { PeoplePage } from './people/people-page.js';
import { Peers } from './people/peers.js';
import { SafetyNumberPage } from './people/safety-number-page.js';
import { SettingsPage } from './settings/settings-page.js';
import { useObservable } from './state/observable.js';

const DevicesPage = lazy(async () => ({ default: (await import('./devices/devices-page.js')).DevicesPage }));
const SecurityEventsPage = lazy(async () => ({
  default: (await import('./settings/security-events-page.js')).SecurityEventsPage,
}));
const SecondFactorsPage = lazy(async () => ({
  default: (await import('./mfa/second-factors-page.js')).SecondFactorsPage,
}));
const LinkDevicePage = lazy(async () => ({ default: (await import('./linking/link-device-page.js')).LinkDevicePage }));

/** An open account: the chats, and beside them the one that is read. On a narrow screen one of the two. */
export function Messenger({ client }: { readonly client: Client }): ReactNode {
  const app = useApp(client);
  useUnreadInTitle(app.chats);
  useIdleLock();
  useNotifications(app);
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
            <Route path="/chats/:id/people/:accountId">
              {({ id, accountId }) => <SafetyNumberPage key={accountId} id={id} accountId={accountId} />}
            </Route>
            <Route path="/settings/devices/link" component={LinkDevicePage} />
            <Route path="/settings/devices" component={DevicesPage} />
            <Route path="/settings/second-factors" component={SecondFactorsPage} />
            <Route path="/settings/security-events" component={SecurityEventsPage} />
            <Route path="/settings" component={SettingsPage} />
            <Route component={NoChatChosen} />
          </Switch>
        </Suspense>
      </div>
    </OpenAppContext>
  );
}

/** What turns the events of an open account into what is shown. */
function useApp(client: Client): OpenApp {
  const app = useMemo(() => {
    const known = withSelf(client);
    return { client: known, chats: new Chats(known), peers: new Peers(known), typing: new Typing() };
  }, [client]);
  useEffect(() => {
    const { chats, peers, typing } = app;
    const stopListening = client.listen((event) => {
      peers.hear(event);
      typing.hear(event);
    });
    void chats.start();
    return () => {
      stopListening();
      chats.stop();
      typing.stop();
      forgetDrafts();
    };
  }, [client, app]);
  return app;
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
