import type { AskToKeep, DeletionPlan, Handover } from '#sdk';
import type { Operation } from '../operation.js';
import { Refusal } from '../refusals.js';
import { withFactor } from '../second-factor.js';
import { asksWhether, printable, say, type Terminal } from '../terminal.js';

/** Says what comes of it, and asks. */
export async function deleteAccount({ sealpost, terminal, home, options, password }: Operation): Promise<void> {
  const { now, yes } = options;
  const { username } = sealpost.self;
  const plan = await sealpost.deletionPlan();
  const isAtOnce = now || plan.graceDays === 0;
  for (const line of [...consequencesOf(plan, isAtOnce), ...plan.handovers.map(handed)]) await say(terminal, line);
  if (!yes && !(await asksWhether(terminal, `Type yes to delete the account ${username}: `)))
    throw new Refusal('Nothing was deleted.');
  const { dueAt } = await withFactor({ sealpost, terminal }, () => sealpost.deleteAccount(password, { now }));
  if (dueAt !== null) {
    await say(terminal, `${username} is to be deleted on ${dayOf(dueAt)}. To keep it, sign in: --cancel-deletion.`);
    return;
  }
  await home.forget();
  await say(terminal, `${username} is deleted, and nothing is stored here any more.`);
}

/** Whoever signs in is told when the account is deleted, and asked, unless the command line has said it. */
export function asksToKeep(terminal: Terminal, { cancelDeletion }: Operation['options']): AskToKeep {
  return async ({ dueAt }) =>
    cancelDeletion || asksWhether(terminal, `This account is to be deleted on ${dayOf(dueAt)}. Type yes to keep it: `);
}

function consequencesOf({ graceDays }: DeletionPlan, isAtOnce: boolean): string[] {
  const days = String(graceDays);
  return [
    'What you want to keep, print first: export.',
    isAtOnce
      ? 'The account is deleted at once, for good. Nobody gets its name again.'
      : `For ${days} days you can keep the account by signing in. Then it is deleted for good, and nobody gets its name again.`,
  ];
}

function handed({ title, conversationId, heirs }: Handover): string {
  const group = title === null ? conversationId : printable(title);
  const names = heirs.map(({ username }) => username);
  if (names.length === 0) return `The group ${group} ends.`;
  return `The group ${group} goes to ${names.join(' or ')}; to somebody else by: groups role <group> <username> owner.`;
}

function dayOf(at: string): string {
  return at.slice(0, 10);
}
