import type { components } from '#api-client';
import { isRefusal } from '../relay/relay.errors.js';
import type { RelayClient } from '../relay/relay-client.js';

const MOST_ON_A_PAGE = 200;
/** A relay that tells of more is not asked on. */
const MOST_SESSIONS = 1_000;

/** Where the account is signed in, as the relay says. */
export interface AccountSession {
  readonly id: string;
  /** The device that signed in. */
  readonly deviceId: string;
  readonly createdAt: string;
  /** When its tokens were last made anew. */
  readonly lastUsedAt: string;
  /** When it ends at the latest. */
  readonly expiresAt: string;
  /** Whether it is this device's. */
  readonly current: boolean;
}

/** Of all devices, the newest first. @throws {RelayUnreachableError} when no answer came. */
export async function listSessions(relay: Pick<RelayClient, 'call'>): Promise<AccountSession[]> {
  const sessions: AccountSession[] = [];
  for (let cursor: string | null | undefined; cursor !== null && sessions.length < MOST_SESSIONS;) {
    const page: components['schemas']['SessionListDto'] = await pageOf(relay, cursor);
    for (const { id, deviceId, createdAt, lastUsedAt, expiresAt, current } of page.items)
      sessions.push({ id, deviceId, createdAt, lastUsedAt, expiresAt, current });
    cursor = page.nextCursor;
  }
  return sessions;
}

/** The device stays on the list, and signs in again by the password. May be repeated. */
export async function endSession(relay: Pick<RelayClient, 'call'>, id: string): Promise<void> {
  try {
    await relay.call((api) => api.DELETE('/v1/auth/sessions/{id}', { params: { path: { id } } }));
  } catch (error) {
    if (!isRefusal(error, 'not_found')) throw error;
  }
}

function pageOf(relay: Pick<RelayClient, 'call'>, cursor: string | undefined) {
  const query = { limit: MOST_ON_A_PAGE, ...(cursor === undefined ? {} : { cursor }) };
  return relay.call((api) => api.GET('/v1/auth/sessions', { params: { query } }));
}
