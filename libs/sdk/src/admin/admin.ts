import type { components } from '#api-client';
import { type PageOptions, pageAt } from '../account/pages.js';
import type { RelayClient } from '../relay/relay-client.js';

/** An account as admins see it: what it is, and nothing of what it does or whom it knows. */
export type AdminUser = components['schemas']['AdminUserDto'];

/** Accounts, by name. */
export type AdminUserPage = components['schemas']['AdminUserListDto'];

/** A reset of somebody's second factors that waits for another admin. */
export type MfaReset = components['schemas']['MfaResetDto'];

/** Such resets, the oldest first. */
export type MfaResetPage = components['schemas']['MfaResetListDto'];

/** Something that concerned the security of an account, or of the relay, as admins see it. */
export type AdminSecurityEvent = components['schemas']['AdminAuditEventDto'];

/** Such events, the newest first. */
export type AdminSecurityEventPage = components['schemas']['AdminAuditEventListDto'];

/** Which events are asked for. */
export interface SecurityEventSearch extends PageOptions {
  /** Whose; of all accounts and of the relay if left out. */
  readonly username?: string | undefined;
}

/** Which accounts are asked for. */
export interface UserSearch extends PageOptions {
  /** How the names begin; all if left out. */
  readonly search?: string | undefined;
}

type Relay = Pick<RelayClient, 'call'>;

/** @param relay of the account that is open. */
export function adminOf(relay: () => Relay) {
  return {
    /** Whether this account administers the relay. @throws {RelayUnreachableError} */
    isAdmin: async (): Promise<boolean> => (await relay().call((api) => api.GET('/v1/auth/me'))).admin,
    /**
     * Accounts whose names begin so, a page at a time.
     *
     * @throws {RelayRefusal} `forbidden` of whoever is no admin, as all that follows. @throws {RelayUnreachableError}
     */
    users: ({ search, cursor }: UserSearch = {}): Promise<AdminUserPage> =>
      relay().call((api) => {
        const query = { ...pageAt({ cursor }), ...(search === undefined || search === '' ? {} : { search }) };
        return api.GET('/v1/admin/users', { params: { query } });
      }),
    /**
     * What concerned the security of all accounts, or of one: the newest first, a page at a time.
     *
     * @throws {RelayRefusal} `forbidden` @throws {RelayUnreachableError}
     *
     * @example
     * const { items } = await sealpost.admin.securityEvents({ username: 'mallory' });
     */
    securityEvents: ({ username, cursor }: SecurityEventSearch = {}): Promise<AdminSecurityEventPage> =>
      relay().call((api) => {
        const query = { ...pageAt({ cursor }), ...(username === undefined ? {} : { username }) };
        return api.GET('/v1/admin/audit', { params: { query } });
      }),
    /** @throws {RelayRefusal} `not_found` */
    user: (username: string): Promise<AdminUser> =>
      relay().call((api) => api.GET('/v1/admin/users/{username}', { params: { path: { username } } })),
    /**
     * Has nobody sign in to an account any more, and signs its devices out. Again, it changes the reason, which admins see.
     *
     * @throws {RelayRefusal} `mfa_required`: `mfa.stepUp`, and again, as for all that follows; `mfa_not_set_up` without a second
     * factor; `not_found`; `forbidden` of the own account.
     */
    suspend: async (username: string, reason: string): Promise<void> => {
      const params = { path: { username } };
      await relay().call((api) => api.PUT('/v1/admin/users/{username}/suspension', { params, body: { reason } }));
    },
    /** Ends a suspension. May be repeated. @throws {RelayRefusal} as {@link suspend} */
    lift: async (username: string): Promise<void> => {
      const params = { path: { username } };
      await relay().call((api) => api.DELETE('/v1/admin/users/{username}/suspension', { params }));
    },
    /** Signs all devices of an account out. May be repeated. @throws {RelayRefusal} as {@link suspend} */
    endSessions: async (username: string): Promise<void> => {
      const params = { path: { username } };
      await relay().call((api) => api.DELETE('/v1/admin/users/{username}/sessions', { params }));
    },
    /** Resets of second factors that wait for another admin. @throws {RelayRefusal} `forbidden` */
    mfaResets: (page: PageOptions = {}): Promise<MfaResetPage> =>
      relay().call((api) => api.GET('/v1/admin/mfa-resets', { params: { query: pageAt(page) } })),
    /**
     * Asks for a reset of somebody's second factors. It happens when another admin approves it, within a day.
     *
     * @throws {RelayRefusal} as {@link suspend}, and `conflict` when one waits already, or there is nothing to reset.
     */
    askMfaReset: (username: string): Promise<MfaReset> =>
      relay().call((api) => api.POST('/v1/admin/mfa-resets', { body: { username } })),
    /** Takes somebody's second factors away, as another admin asked. Their password stays. @throws {RelayRefusal} as {@link suspend} */
    approveMfaReset: async (id: string): Promise<void> => {
      await relay().call((api) => api.POST('/v1/admin/mfa-resets/{id}/approve', { params: { path: { id } } }));
    },
    /** Keeps them as they are. @throws {RelayRefusal} as {@link suspend} */
    declineMfaReset: async (id: string): Promise<void> => {
      await relay().call((api) => api.DELETE('/v1/admin/mfa-resets/{id}', { params: { path: { id } } }));
    },
  };
}
