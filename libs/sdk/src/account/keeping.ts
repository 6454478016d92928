import { isRefusal } from '../relay/relay.errors.js';

/** An account whose deletion its owner has asked for. */
export interface PendingDeletion {
  /** From when on it cannot be kept any more. */
  readonly dueAt: string;
}

/** Asks whoever signs in whether to keep the account. With anything but `true` it is deleted, and nobody is signed in. */
export type AskToKeep = (pending: PendingDeletion) => Promise<boolean>;

/**
 * Does what lets an account in: of one that is to be deleted, asks whether to keep it, and does it again if so.
 *
 * @param attempt what it is given goes into the body. @throws what `attempt` throws.
 */
export async function keepingAccount<T>(
  attempt: (decision: { readonly cancelDeletion?: true }) => Promise<T>,
  ask: AskToKeep | undefined,
): Promise<T> {
  try {
    return await attempt({});
  } catch (error) {
    if (ask === undefined || !isRefusal(error, 'account_deletion_pending') || error.deletionDueAt === undefined)
      throw error;
    if (!(await ask({ dueAt: error.deletionDueAt }))) throw error;
    return attempt({ cancelDeletion: true });
  }
}
