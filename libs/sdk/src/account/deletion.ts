import type { components } from '#api-client';
import { deriveAccountKeys, encodeBase64Url } from '#crypto';
import type { Conversation } from '../conversations/conversation.js';
import { type Handover, handoversOf } from '../conversations/heirs.js';
import type { RelayClient } from '../relay/relay-client.js';
import type { OpenAccount } from './open-account.js';
import { existingRoot } from './secrets.js';

type Server = components['schemas']['ServerDto'];

const DAY_MS = 86_400_000;
/** A relay that tells of more makes them up. */
const MOST_DAYS = 90;

/** What comes of deleting an account. */
export interface DeletionPlan {
  /** For so many days its owner can keep it; 0 if it is deleted at once. */
  readonly graceDays: number;
  /** The groups that it owns, and whose they will be. Each can be given to somebody else before: `conversations.giveRole`. */
  readonly handovers: readonly Handover[];
}

/** What was asked for. */
export interface AskedDeletion {
  /** Until when the account can be kept, by this device's clock; null if it is deleted already. */
  readonly dueAt: string | null;
}

/** @throws {RelayUnreachableError} */
export async function deletionPlan(
  { relay, accountId }: Pick<OpenAccount, 'relay' | 'accountId'>,
  conversations: readonly Conversation[],
): Promise<DeletionPlan> {
  return { graceDays: await graceDaysOf(relay), handovers: handoversOf(conversations, accountId) };
}

/**
 * Has the account deleted at the relay: after some days, in which a sign-in can keep it, or at once. In either case all its
 * sessions end. What others have of its messages stays with them, and its name is never given out again.
 *
 * @param options.now without time to think again. @returns until when it can be kept.
 * @throws {AccountError} `wrong_password`
 * @throws {RelayRefusal} and {RelayUnreachableError}. After a lost answer it may have been taken.
 */
export async function deleteAccount(
  account: OpenAccount,
  password: string,
  { now = false }: { readonly now?: boolean } = {},
): Promise<AskedDeletion> {
  const { accountId, kdf, relay } = account;
  const keys = await deriveAccountKeys(password, kdf);
  await existingRoot({ accountId, kdf, keys, relay });
  const graceDays = now ? 0 : await graceDaysOf(relay);
  const authKey = encodeBase64Url(keys.authKey);
  await relay.call((api) => api.DELETE('/v1/auth/me', { body: now ? { authKey, now } : { authKey } }));
  return { dueAt: graceDays === 0 ? null : new Date(relay.nowMs() + graceDays * DAY_MS).toISOString() };
}

/** A relay of before does not say, and deletes at once. */
async function graceDaysOf(relay: Pick<RelayClient, 'callAnonymously'>): Promise<number> {
  const server: Partial<Server> = await relay.callAnonymously((api) => api.GET('/v1/server'));
  const { deletionGraceDays: days = 0 } = server;
  return days > 0 ? Math.min(days, MOST_DAYS) : 0;
}
