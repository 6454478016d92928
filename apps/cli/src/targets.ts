import { USERNAME_PATTERN } from '#protocol';
import type { Conversation, Sealpost } from '#sdk';
import { Refusal } from './refusals.js';

const USERNAME = new RegExp(USERNAME_PATTERN, 'u');
const GROUP = 'group:';

/**
 * The conversation that somebody means by a username, a group's title or an id.
 *
 * Anybody can call a group `grace`. So what could be a username is taken for one, and only `group:grace` is the group.
 */
export async function conversationWith(sealpost: Sealpost, name: string): Promise<Conversation> {
  const known = await sealpost.conversations.list();
  const found = known.find(({ id }) => id === name) ?? (isPerson(name) ? undefined : groupCalled(known, name));
  return accepted(sealpost, found ?? (await sealpost.conversations.direct(name)));
}

/** The group that somebody means by its title or an id. */
export async function groupOf(sealpost: Sealpost, name: string): Promise<Conversation> {
  const groups = (await sealpost.conversations.list()).filter(({ kind }) => kind === 'group');
  return accepted(sealpost, groups.find(({ id }) => id === name) ?? groupCalled(groups, name));
}

/** One that need not be accepted, and is not begun. */
export async function knownConversation(sealpost: Sealpost, name: string): Promise<Conversation> {
  const known = await sealpost.conversations.list();
  const byId = known.find(({ id }) => id === name);
  if (byId !== undefined) return byId;
  if (!isPerson(name)) return groupCalled(known, name);
  const direct = known.find(
    ({ kind, members }) => kind === 'direct' && members.some(({ username }) => username === name),
  );
  if (direct === undefined || name === sealpost.self.username)
    throw new Refusal(`There is no conversation with ${name} yet.`);
  return direct;
}

/** For people: its title, or who else is in it. */
export function nameOf({ title, members, invitedBy }: Conversation, ownUsername: string): string {
  if (invitedBy !== null) return invitedBy.username;
  const others = members.map(({ username }) => username).filter((username) => username !== ownUsername);
  return title ?? (others.join(', ') || ownUsername);
}

function isPerson(name: string): boolean {
  return USERNAME.test(name);
}

function groupCalled(known: readonly Conversation[], name: string): Conversation {
  const wanted = name.startsWith(GROUP) ? name.slice(GROUP.length) : name;
  const [group, ...others] = known.filter(({ kind, title }) => kind === 'group' && title === wanted);
  if (group === undefined) throw new Refusal(`There is no group “${wanted}” on this device.`);
  if (others.length > 0) throw new Refusal(`Several groups are called “${wanted}”: name it by its id.`);
  return group;
}

/** Whoever writes into a conversation has accepted the invitation. */
async function accepted(sealpost: Sealpost, conversation: Conversation): Promise<Conversation> {
  if (conversation.standing !== 'invited') return conversation;
  await sealpost.conversations.accept(conversation.id);
  return sealpost.conversations.get(conversation.id);
}
