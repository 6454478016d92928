import type { AnnouncementSeverity, RegistrationMode } from '#protocol';
import { type Announcement, announcementOf } from '../account/announcements.js';
import { type PageOptions, pageAt } from '../account/pages.js';
import type { RelayClient } from '../relay/relay-client.js';

/** What admins change while the relay runs. */
export interface ServerSettings {
  /** `open`, `invite`, `closed`, or one that this version does not know. */
  readonly registration: string;
  /** For so many days any message or attachment is kept at most; null if there is no such bound. */
  readonly retentionMaxDays: number | null;
}

/** By which people register where the relay wants it. Its code is known to whom it was given. */
export interface Invitation {
  readonly id: string;
  readonly note: string;
  readonly uses: number;
  /** How many still may register by it. Who has, the relay does not keep. */
  readonly usesLeft: number;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** Invitations, the newest first. */
export interface InvitationPage {
  readonly items: readonly Invitation[];
  /** Of the next page; null after the last. */
  readonly nextCursor: string | null;
}

/** What an invitation is to be. */
export interface InvitationOptions {
  /** For admins alone. */
  readonly note?: string;
  /** How many may register by it; one if left out. */
  readonly uses?: number;
  /** For how long; a week if left out. */
  readonly expiresInSeconds?: number;
}

/** Numbers of the whole relay, none of which is about somebody. */
export interface ServerStatistics {
  readonly at: string;
  readonly version: string;
  readonly uptimeSeconds: number;
  readonly accounts: number;
  /** Accounts of which a device was here, within a day, seven and thirty; null for fewer than five. */
  readonly activeAccounts: { readonly day: number | null; readonly week: number | null; readonly month: number | null };
  readonly devices: number;
  readonly conversations: number;
  /** Of many only about so many. */
  readonly messages: number;
  readonly databaseBytes: number;
  readonly attachments: number;
  readonly attachmentBytes: number;
  /** Since the relay that answers was started. */
  readonly pushes: { readonly sent: number; readonly failed: number };
}

/** What is to be announced. */
export interface AnnouncementDraft {
  readonly severity: AnnouncementSeverity;
  readonly text: string;
  readonly textEn?: string;
  readonly textDe?: string;
  /** For how long it is shown; a week if left out. */
  readonly expiresInSeconds?: number;
}

/**
 * What admins do for the whole relay. Whatever changes something takes a second factor, shown a short while ago: `mfa_required`
 * asks for one, which `mfa.stepUp` shows. Each change stands in the relay's audit log.
 *
 * @param relay of the account that is open.
 */
export function operationsOf(relay: () => Pick<RelayClient, 'call'>) {
  return {
    /** @throws {RelayRefusal} `forbidden` for whoever is no admin, as all that follows. @throws {RelayUnreachableError} */
    settings: async (): Promise<ServerSettings> =>
      settingsOf(await relay().call((api) => api.GET('/v1/admin/settings'))),
    /**
     * Says who may make an account from now on: everybody, whoever has an invitation, or nobody.
     *
     * @throws {RelayRefusal} `mfa_required` @throws {RelayUnreachableError}
     *
     * @example
     * await sealpost.admin.setRegistration('invite');
     */
    setRegistration: async (registration: RegistrationMode): Promise<ServerSettings> =>
      settingsOf(await relay().call((api) => api.PUT('/v1/admin/settings/registration', { body: { registration } }))),
    /**
     * Says for how many days anything is kept at most, whatever its sender or its conversation says; null for no bound. What is older
     * is erased within minutes, and does not come back.
     *
     * @throws {RelayRefusal} `mfa_required` @throws {RelayUnreachableError}
     */
    setRetention: async (maxDays: number | null): Promise<ServerSettings> =>
      settingsOf(await relay().call((api) => api.PUT('/v1/admin/settings/retention', { body: { maxDays } }))),
    /** Without their codes, which the relay does not know. */
    invitations: async (page: PageOptions = {}): Promise<InvitationPage> => {
      const query = pageAt(page);
      const { items, nextCursor } = await relay().call((api) =>
        api.GET('/v1/admin/invitations', { params: { query } }),
      );
      return { items: items.map(invitationOf), nextCursor };
    },
    /**
     * Makes an invitation to register.
     *
     * @returns it with its code, which is told this once: for whoever is invited to type, or behind a link's `#invite=`.
     * @throws {RelayRefusal} `mfa_required`, and `conflict` when there are too many. @throws {RelayUnreachableError}
     *
     * @example
     * const { code } = await sealpost.admin.invite({ note: 'The choir', uses: 20 });
     */
    invite: async (options: InvitationOptions = {}): Promise<Invitation & { readonly code: string }> => {
      const { note = '', uses = 1, expiresInSeconds } = options;
      const body = {
        uses,
        ...(note === '' ? {} : { note }),
        ...(expiresInSeconds === undefined ? {} : { expiresIn: expiresInSeconds }),
      };
      const made = await relay().call((api) => api.POST('/v1/admin/invitations', { body }));
      return { ...invitationOf(made), code: made.code };
    },
    /** Nobody registers by it any more. @throws {RelayRefusal} `mfa_required`, `not_found` @throws {RelayUnreachableError} */
    revokeInvitation: async (id: string): Promise<void> => {
      const params = { path: { id } };
      await relay().call((api) => api.DELETE('/v1/admin/invitations/{id}', { params }));
    },
    /** Counted within the last minute. @throws {RelayUnreachableError} */
    statistics: async (): Promise<ServerStatistics> => relay().call((api) => api.GET('/v1/admin/statistics')),
    /**
     * Tells everybody something, in plain text: `announcements.list` shows it.
     *
     * @throws {RelayRefusal} `mfa_required`, and `conflict` when there are too many. @throws {RelayUnreachableError}
     *
     * @example
     * await sealpost.admin.announce({ severity: 'warning', text: 'Update on Sunday.', expiresInSeconds: 3 * 86_400 });
     */
    announce: async ({ expiresInSeconds, ...draft }: AnnouncementDraft): Promise<Announcement> => {
      const body = { ...draft, ...(expiresInSeconds === undefined ? {} : { expiresIn: expiresInSeconds }) };
      return announcementOf(await relay().call((api) => api.POST('/v1/admin/announcements', { body })));
    },
    /** @throws {RelayRefusal} `mfa_required`, and `not_found` also when it has expired. @throws {RelayUnreachableError} */
    withdrawAnnouncement: async (id: string): Promise<void> => {
      const params = { path: { id } };
      await relay().call((api) => api.DELETE('/v1/admin/announcements/{id}', { params }));
    },
  };
}

function settingsOf({ registration, retentionMaxDays }: ServerSettings): ServerSettings {
  return { registration, retentionMaxDays };
}

function invitationOf({ id, note, uses, usesLeft, createdAt, expiresAt }: Invitation): Invitation {
  return { id, note, uses, usesLeft, createdAt, expiresAt };
}
