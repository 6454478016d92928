import { Injectable } from '@nestjs/common';
import type { AccountId, FactorId } from '#protocol';
import type { EntityManager } from 'typeorm';
import { v7 } from 'uuid';
import { type Account, AccountsStore, type Credentials, InvalidCredentials } from '../accounts/index.js';
import { AuditLog, byOwner } from '../audit/index.js';
import type { Change } from '../changes/index.js';
import { type Device, DevicesStore } from '../devices/index.js';
import { ShownFactorsStore } from '../mfa/index.js';
import { Database } from '../platform/database/database.js';
import { AdmissionsStore } from '../registration/index.js';
import { type OpenedSession, SessionsStore } from '../sessions/index.js';
import { AccountDeletionPending } from './auth.errors.js';
import type { Entered, Entry, Registration, SignInRecord } from './sign-in.js';

interface HeldDevice {
  readonly device: Device;
  readonly changes: Change[];
}

/** Opens sessions, each in one transaction with what it rests on. */
@Injectable()
export class SignInStore {
  constructor(
    private readonly database: Database,
    private readonly admissions: AdmissionsStore,
    private readonly accounts: AccountsStore,
    private readonly devices: DevicesStore,
    private readonly sessions: SessionsStore,
    private readonly passkeys: ShownFactorsStore,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Makes an account with its first device and session.
   * @throws {RegistrationClosed} @throws {InvitationRequired} @throws {InvitationInvalid} @throws {UsernameTaken}
   */
  async register(registration: Registration, authHash: string, at: Date): Promise<SignInRecord> {
    const { username, displayName, kdf, deviceName, transport, invitation } = registration;
    const id = v7({ msecs: at.getTime() }) as AccountId;
    const known = { id, username, displayName, privacy: 'everyone', isAdmin: false } as const;
    const account: Account = { ...known, createdAt: at, deletionDueAt: null };
    return this.database.transaction(async (manager) => {
      await this.admissions.admit(manager, invitation, at);
      await this.accounts.create(manager, { id, username, displayName, authHash, kdf, at });
      const device = await this.devices.enrolFirst(manager, { accountId: id, name: deviceName, at });
      const opened = await this.sessions.open(manager, { accountId: id, deviceId: device.id, transport, at });
      await this.audit.append(manager, byOwner(entrantOf(opened), 'account_registered', at));
      return { account, device, opened };
    });
  }

  /**
   * Opens a session for credentials that were found right.
   * @throws {InvalidCredentials} when meanwhile the secret was changed, the account deleted, or the device revoked.
   * @throws {AccountSuspended} @throws {DeviceLimitReached} @throws {AccountDeletionPending}
   */
  async signIn(credentials: Credentials, entry: Entry): Promise<Entered> {
    return this.database.transaction(async (manager) => {
      const { account } = credentials;
      const record = await this.enter(manager, account, entry, () => this.holdSecret(manager, credentials));
      await this.noteEntry(manager, record, entry, 'signed_in');
      return record;
    });
  }

  /** Opens a session for a passkey that was found right. @throws as {@link signIn} does, when meanwhile the passkey was removed. */
  async signInByPasskey(account: Account, passkeyId: FactorId, entry: Entry): Promise<Entered> {
    return this.database.transaction(async (manager) => {
      const record = await this.enter(manager, account, entry, async () => {
        const isHeld =
          (await this.accounts.hold(manager, account.id)) && (await this.passkeys.hold(manager, passkeyId));
        if (!isHeld) throw new InvalidCredentials();
      });
      await this.noteEntry(manager, record, entry, 'signed_in');
      return record;
    });
  }

  /** Puts an entry down in the audit log, with what came of it beside; last in its transaction. */
  async noteEntry(
    manager: EntityManager,
    { device, opened, isKept }: Entered,
    { device: choice, at }: Entry,
    kind: 'signed_in' | 'account_recovered',
  ): Promise<void> {
    const entrant = entrantOf(opened);
    const added = { ...byOwner(entrant, 'device_added', at), subjectId: device.id };
    const kept = byOwner(entrant, 'account_deletion_cancelled', at);
    const beside = [...(choice.kind === 'new' ? [added] : []), ...(isKept ? [kept] : [])];
    await this.audit.append(manager, byOwner(entrant, kind, at), ...beside);
  }

  /**
   * Opens a session within a transaction. `prove` shows once more that the owner may enter, and holds the account's row.
   * @throws {InvalidCredentials} when the device was revoked meanwhile, or the account is over.
   * @throws {AccountSuspended} @throws {DeviceLimitReached} @throws {AccountDeletionPending}
   */
  async enter(manager: EntityManager, account: Account, entry: Entry, prove: () => Promise<void>): Promise<Entered> {
    const { device: _choice, cancelDeletion: _cancel, ...session } = entry;
    const { device, changes } = await this.hold(manager, account.id, entry, prove);
    // After the proof: whoever cannot show that the account is theirs learns nothing of it.
    const dueAt = await this.accounts.demandNotSuspended(manager, account.id);
    const isKept = dueAt !== null && (await this.keep(manager, { id: account.id, dueAt }, entry));
    const opened = await this.sessions.open(manager, { accountId: account.id, deviceId: device.id, ...session });
    return { account, device, opened, changes, isKept };
  }

  /** Has an account go on that is to be deleted, if its owner says so. What is due is as good as deleted. */
  private async keep(
    manager: EntityManager,
    { id, dueAt }: { readonly id: AccountId; readonly dueAt: Date },
    { at, cancelDeletion }: Entry,
  ): Promise<true> {
    if (dueAt <= at) throw new InvalidCredentials();
    if (!cancelDeletion) throw new AccountDeletionPending(dueAt);
    await this.accounts.setDeletionDueAt(manager, id, null);
    return true;
  }

  /** Locks accounts before devices, as everything does that locks both; enrolling locks the account among others. */
  private async hold(
    manager: EntityManager,
    accountId: AccountId,
    { device: choice, at }: Entry,
    prove: () => Promise<void>,
  ): Promise<HeldDevice> {
    if (choice.kind === 'new') {
      const enrolled = await this.devices.enrol(manager, { accountId, name: choice.name, at });
      await prove();
      return enrolled;
    }
    await prove();
    const device = await this.devices.hold(manager, { accountId, deviceId: choice.id });
    if (device === undefined) throw new InvalidCredentials();
    return { device, changes: [] };
  }

  /** Checking the secret took a while: a session must not outlive a change of the secret that came in between. */
  private async holdSecret(manager: EntityManager, { account, authHash }: Credentials): Promise<void> {
    if (!(await this.accounts.holdSecret(manager, account.id, authHash))) throw new InvalidCredentials();
  }
}

/** Who came in by a session. */
function entrantOf({ session }: OpenedSession) {
  return { accountId: session.accountId, deviceId: session.deviceId, sessionId: session.id };
}
