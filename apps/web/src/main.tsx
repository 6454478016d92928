import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.js';
import { InsecureOrigin } from './account/insecure-origin.js';
import { AccountSession } from './client/account-session.js';
import { I18n } from './i18n/i18n.js';
import { keptApp } from './offline/kept-app.js';
import { applyTheme, storedTheme } from './settings/theme.js';
import './styles/index.css';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no place for the app');
applyTheme(storedTheme());
createRoot(root).render(
  <StrictMode>
    <I18n>{globalThis.isSecureContext ? <App session={openedSession()} /> : <InsecureOrigin />}</I18n>
  </StrictMode>,
);

/** Browsers have neither cryptography nor a store for pages that anybody on the way may have changed. */
function openedSession(): AccountSession {
  const session = new AccountSession();
  session.phase.subscribe(() => {
    if (['locked', 'elsewhere', 'open'].includes(session.phase.get().kind)) void keptApp.keep();
  });
  void session.open();
  return session;
}
