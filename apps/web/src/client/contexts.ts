import { createContext, use } from 'react';
import type { Chats } from '../chats/chats.js';
import type { Typing } from '../chats/typing.js';
import type { ContactBook } from '../contacts/contact-book.js';
import type { OpenedFiles } from '../files/opened-files.js';
import type { OutgoingFiles } from '../files/outgoing-files.js';
import type { Peers } from '../people/peers.js';
import type { ReportTarget } from '../reports/report-target.js';
import type { Observable } from '../state/observable.js';
import type { AccountSession } from './account-session.js';
import type { Client } from './open-client.js';

/** What the pages of an open account share. */
export interface OpenApp {
  readonly client: Client;
  readonly chats: Chats;
  readonly peers: Peers;
  readonly typing: Typing;
  readonly contactBook: ContactBook;
  readonly outgoing: OutgoingFiles;
  readonly opened: OpenedFiles;
  /** Who is about to be reported, if anybody is. */
  readonly reporting: Observable<ReportTarget | undefined>;
}

export const SessionContext = createContext<AccountSession | undefined>(undefined);
export const OpenAppContext = createContext<OpenApp | undefined>(undefined);

export function useSession(): AccountSession {
  return provided(use(SessionContext));
}

export function useOpenApp(): OpenApp {
  return provided(use(OpenAppContext));
}

function provided<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a page stands outside of what provides for it');
  return value;
}
