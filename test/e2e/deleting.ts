import { call, type Reply, type TestRelay, type TestUser } from '#testing';
import { DueDeletions } from '../../apps/relay/src/auth/due-deletions.service.js';
import { asKnown } from './signing-in.js';

/** A relay whose people have two weeks to think again. */
export const WITH_GRACE = { ACCOUNT_DELETION_GRACE_DAYS: '14' };

export const DAY_MS = 86_400_000;
export const GRACE_MS = 14 * DAY_MS;

/** Asks for the deletion of somebody's account. */
export function askDeletion(user: TestUser, change: Record<string, unknown> = {}): Promise<Reply> {
  return user.request('DELETE', '/auth/me', { authKey: user.authKey, ...change });
}

/** Signs in on the device that the account has. */
export function signIn(relay: TestRelay, user: TestUser, change: Record<string, unknown> = {}): Promise<Reply> {
  return call(relay, 'POST', '/v1/auth/login', { body: asKnown(user, change) });
}

/** What the relay does by itself every minute. */
export function deleteDue(relay: TestRelay): Promise<void> {
  return relay.part(DueDeletions).sweep();
}

/** Lets the time to think again pass, and has the relay delete what is due. */
export async function letGraceEnd(relay: TestRelay): Promise<void> {
  relay.clock.advance(GRACE_MS + DAY_MS);
  await deleteDue(relay);
}

export async function statusOf(relay: TestRelay, { accountId }: TestUser): Promise<string> {
  const [row] = await relay.query<{ status: string }>('SELECT status FROM accounts WHERE id = $1', [accountId]);
  return row!.status;
}
