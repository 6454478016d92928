import { CSPProvider } from '@base-ui/react/csp-provider';
import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { KeepAccount } from './account/keep-account.js';
import { LostPage } from './account/lost-page.js';
import { BrokenPage, ElsewherePage, OpeningPage, UnavailablePage } from './account/opening-pages.js';
import { RecoverPage } from './account/recover-page.js';
import { RecoveryCodePage } from './account/recovery-code-page.js';
import { RegisterPage } from './account/register-page.js';
import { SignInPage } from './account/sign-in-page.js';
import { UnlockPage } from './account/unlock-page.js';
import type { AccountSession } from './client/account-session.js';
import { SessionContext } from './client/contexts.js';
import { useLanguage } from './i18n/i18n.js';
import { AskedFactor } from './mfa/asked-factor.js';
import { useObservable } from './state/observable.js';
import { ErrorBoundary } from './ui/error-boundary.js';
import { useKeptFocus } from './ui/use-kept-focus.js';

/** It comes while a password is typed, and keys are derived of it. */
const loadingMessenger = import('./messenger.js');
const Messenger = lazy(async () => ({ default: (await loadingMessenger).Messenger }));
const EndedPage = lazy(async () => ({ default: (await import('./account/ended-page.js')).EndedPage }));
const PasskeyPage = lazy(async () => ({ default: (await import('./mfa/passkey-page.js')).PasskeyPage }));
const LinkPage = lazy(async () => ({ default: (await import('./linking/link-page.js')).LinkPage }));

export function App({ session }: { readonly session: AccountSession }): ReactNode {
  useKeptFocus();
  return (
    // The page's policy takes no styles from scripts.
    <CSPProvider disableStyleElements>
      <SessionContext value={session}>
        <ErrorBoundary fallback={<BrokenPage />}>
          <Suspense fallback={<OpeningPage />}>
            <CurrentPage session={session} />
            <AskedFactor />
            <KeepAccount />
          </Suspense>
        </ErrorBoundary>
      </SessionContext>
    </CSPProvider>
  );
}

function CurrentPage({ session }: { readonly session: AccountSession }): ReactNode {
  const phase = useObservable(session.phase);
  const { isWhole } = useLanguage();
  switch (phase.kind) {
    case 'opening':
      return <OpeningPage />;
    case 'elsewhere':
      return <ElsewherePage />;
    case 'unavailable':
      return <UnavailablePage />;
    case 'lost':
      return <LostPage />;
    case 'signedOut':
      return <SignedOut />;
    case 'locked':
      return <UnlockPage username={phase.username} deletionDueAt={phase.deletionDueAt} />;
    case 'recovery':
      return <RecoveryCodePage code={phase.code} isKept={phase.isKept} />;
    case 'open':
      return isWhole ? <Messenger client={phase.client} /> : <OpeningPage />;
    case 'ended':
      return <EndedPage />;
  }
}

function SignedOut(): ReactNode {
  return (
    <Switch>
      <Route path="/sign-in" component={SignInPage} />
      <Route path="/recover" component={RecoverPage} />
      <Route path="/link" component={LinkPage} />
      <Route path="/passkey" component={PasskeyPage} />
      <Route component={RegisterPage} />
    </Switch>
  );
}
