import { announcementsOf } from './account/announcements.js';
import type { OpenAccount } from './account/open-account.js';
import { pushOf } from './account/push.js';
import { reportsOf } from './account/reports.js';
import { securityOf } from './account/security-events.js';
import { type AccountSession, endSession, listSessions } from './account/sessions.js';
import { adminOf } from './admin/admin.js';
import { allowancesOf } from './admin/allowances.js';
import { operationsOf } from './admin/operations.js';
import type { Attachments } from './attachments/attachments.js';
import type { Backup } from './backup/backup.js';
import type { Conversations } from './conversations/conversations.js';
import type { Opened } from './device-opening.js';
import type { Messages } from './messages/messages.js';
import type { Receipts } from './messages/receipts.js';
import { mfaOf } from './mfa/mfa.js';
import { devicesOf } from './own-devices.js';
import type { Contacts } from './peers/contacts.js';

/** What an account consists of while it is open: each part by its name. */
export abstract class AccountParts {
  /** @throws {GroupError} `locked` */
  protected abstract get opened(): Opened;

  /** Whose account is open, and on which device. @throws {GroupError} `locked`, as all that follows. */
  get self(): Pick<OpenAccount, 'accountId' | 'username' | 'deviceId'> {
    const { accountId, username, deviceId } = this.opened.account;
    return { accountId, username, deviceId };
  }

  /** Direct conversations and groups: who is in them, and what they are called. */
  get conversations(): Conversations {
    return this.opened.session.conversations;
  }

  /** Sending, reading and searching. */
  get messages(): Messages {
    return this.opened.session.messages;
  }

  /** Files: sending them, and reading those of messages. */
  get attachments(): Attachments {
    return this.opened.session.attachments;
  }

  /** How far messages have come with others, and how far this account has read. */
  get receipts(): Receipts {
    return this.opened.session.receipts;
  }

  /** Other people: safety numbers, verification, changed keys, and whom this account accepts or blocks. */
  get contacts(): Contacts {
    return this.opened.session.contacts;
  }

  /** Everything that can be read here, as one encrypted file, and back. */
  get backup(): Backup {
    return this.opened.session.backup;
  }

  /** This account's devices. */
  readonly devices = devicesOf(() => this.opened);

  /** Where this account is signed in. */
  readonly sessions = {
    list: (): Promise<AccountSession[]> => listSessions(this.opened.account.relay),
    /** Signs a device out, which stays on the list: by the password it can sign in again. */
    end: (sessionId: string): Promise<void> => endSession(this.opened.account.relay, sessionId),
  };

  /** What concerned the security of this account, as the relay has put it down. */
  readonly security = securityOf(() => this.opened.account.relay);

  /** Second factors: what is asked for beside the password. */
  readonly mfa = mfaOf(() => this.opened.account);

  /** What this account has told the operator of the relay about others. */
  readonly reports = reportsOf(() => {
    const { account, session } = this.opened;
    return { relay: account.relay, messages: session.messages, contacts: session.contacts };
  });

  /** What admins of the relay see of accounts and of the relay itself, and do to them. */
  readonly admin = {
    ...adminOf(() => this.opened.account.relay),
    ...operationsOf(() => this.opened.account.relay),
    ...allowancesOf(() => this.opened.account.relay),
  };

  /** How this device is woken when it is not connected. */
  readonly push = pushOf(() => this.opened.account.relay);

  /** What the admins of the relay tell everybody. */
  readonly announcements = announcementsOf(() => this.opened.account.relay);
}
