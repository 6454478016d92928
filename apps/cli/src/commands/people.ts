import type { Operation } from '../operation.js';
import { Refusal } from '../refusals.js';
import { knownConversation } from '../targets.js';
import { printable, say } from '../terminal.js';

/** What two people read to each other. */
export async function verify({ sealpost, terminal, options, args: [username = ''] }: Operation): Promise<void> {
  const { members } = await knownConversation(sealpost, username);
  const person = members.find((member) => member.username === username);
  if (person === undefined) throw new Refusal(`${username} is in no conversation of yours.`);
  const { accountId } = person;
  await sealpost.contacts.refresh({ accountId, username });
  const { digits, fingerprint } = await sealpost.contacts.safetyNumberWith(accountId);
  await say(terminal, digits);
  if (options.yes) await sealpost.contacts.markVerified(accountId, fingerprint);
  const state = (await sealpost.contacts.find(accountId))?.state;
  await say(terminal, `${username}: ${state ?? 'unknown'}`);
}

export async function contacts({ sealpost, terminal, options }: Operation): Promise<void> {
  for (const contact of await sealpost.contacts.list()) {
    const { username, displayName, isBlocked, verification } = contact;
    const state = isBlocked ? 'blocked' : (verification ?? 'unverified');
    const line = `${username}  ${printable(displayName)}  ${state}`;
    await say(terminal, options.json ? JSON.stringify(contact) : line);
  }
}

export async function block({ sealpost, terminal, args: [username = ''] }: Operation): Promise<void> {
  await sealpost.contacts.block(username);
  await say(terminal, `${username} is blocked.`);
}

export async function unblock({ sealpost, terminal, args: [username = ''] }: Operation): Promise<void> {
  await sealpost.contacts.forget(username);
  await say(terminal, `${username} is not blocked.`);
}

export async function allow({ sealpost, terminal, args: [username = ''] }: Operation): Promise<void> {
  await sealpost.contacts.allow(username);
  await say(terminal, `${username} may write to you.`);
}

/** Without a word, what it is. */
export async function privacy({ sealpost, terminal, args: [wanted] }: Operation): Promise<void> {
  if (wanted !== undefined) {
    if (wanted !== 'everyone' && wanted !== 'contacts') throw new Refusal('Say everyone, or contacts.');
    await sealpost.updateProfile({ privacy: wanted });
  }
  await say(terminal, (await sealpost.profile()).privacy);
}
