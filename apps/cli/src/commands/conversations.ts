import { MEMBER_ROLES } from '#protocol';
import type { Conversation } from '#sdk';
import { UsageError } from '../arguments.js';
import { jsonOf, lineOf, messagesAfter } from '../log-lines.js';
import type { Operation } from '../operation.js';
import { Refusal, wordsForCode } from '../refusals.js';
import { conversationWith, groupOf, knownConversation, nameOf } from '../targets.js';
import { printable, say, warn } from '../terminal.js';

export async function send({ sealpost, terminal, args: [name = '', ...words] }: Operation): Promise<void> {
  const { id } = await conversationWith(sealpost, name);
  const messageId = await sealpost.messages.send(id, words.join(' '));
  await settle({ sealpost, terminal }, id, messageId);
}

/** Sends what waits, and says what has become of a message. */
export async function settle(
  { sealpost, terminal }: Pick<Operation, 'sealpost' | 'terminal'>,
  id: string,
  messageId: string,
): Promise<void> {
  await sealpost.settled();
  const waiting = (await sealpost.messages.waiting(id)).find((message) => message.id === messageId);
  if (waiting === undefined) return;
  if (waiting.refused !== null) throw new Refusal(wordsForCode(waiting.refused));
  warn(terminal, 'It is kept, and leaves with the next command that can send it.');
}

export async function history({ sealpost, terminal, options, args: [name = ''] }: Operation): Promise<void> {
  const conversation = await knownConversation(sealpost, name);
  const { username } = sealpost.self;
  for (const message of await messagesAfter(sealpost, conversation.id, 0)) {
    const asJson = options.json ? JSON.stringify(jsonOf(conversation, message, username)) : undefined;
    await say(terminal, asJson ?? lineOf(conversation, message));
  }
}

export async function exportAll({ sealpost, terminal }: Operation): Promise<void> {
  const { username, accountId } = sealpost.self;
  const conversations: object[] = [];
  for (const conversation of await sealpost.conversations.list()) {
    const messages = await messagesAfter(sealpost, conversation.id, 0);
    conversations.push({
      ...conversation,
      messages: messages.map((message) => jsonOf(conversation, message, username)),
    });
  }
  await say(terminal, JSON.stringify({ username, accountId, conversations }, undefined, 2));
}

export async function groups({ sealpost, terminal, options }: Operation): Promise<void> {
  for (const group of await sealpost.conversations.list())
    if (group.kind === 'group')
      await say(terminal, options.json ? JSON.stringify(group) : lineFor(group, sealpost.self));
}

export async function createGroup({ sealpost, terminal, args: [title = '', ...usernames] }: Operation): Promise<void> {
  const { id } = await sealpost.conversations.group(usernames, { title });
  await sealpost.settled();
  await say(terminal, id);
}

export async function addToGroup({ sealpost, args: [name = '', ...usernames] }: Operation): Promise<void> {
  const { id } = await groupOf(sealpost, name);
  await sealpost.conversations.add(id, usernames);
  await sealpost.settled();
}

export async function removeFromGroup({ sealpost, args: [name = '', ...usernames] }: Operation): Promise<void> {
  const { id, members } = await groupOf(sealpost, name);
  const missing = usernames.find((username) => !members.some((member) => member.username === username));
  if (missing !== undefined) throw new Refusal(`${missing} is not in this group.`);
  await sealpost.conversations.remove(id, usernames);
  await sealpost.settled();
}

export async function renameGroup({ sealpost, args: [name = '', ...words] }: Operation): Promise<void> {
  const { id } = await groupOf(sealpost, name);
  await sealpost.conversations.rename(id, words.join(' '));
  await sealpost.settled();
}

export async function giveRole({ sealpost, args: [name = '', username = '', role = ''] }: Operation): Promise<void> {
  const known = MEMBER_ROLES.find((one) => one === role);
  if (known === undefined) throw new UsageError(`A role is one of ${MEMBER_ROLES.join(', ')}.`);
  const { id, members } = await groupOf(sealpost, name);
  if (!members.some((member) => member.username === username)) throw new Refusal(`${username} is not in this group.`);
  await sealpost.conversations.giveRole(id, username, known);
}

export async function leaveGroup({ sealpost, args: [name = ''] }: Operation): Promise<void> {
  const { id } = await groupOf(sealpost, name);
  await sealpost.conversations.leave(id);
}

function lineFor(group: Conversation, { username }: { readonly username: string }): string {
  const members = group.members.map((member) => `${member.username} (${member.role})`).join(', ');
  const state = group.standing === 'joined' ? '' : `  [${group.standing}]`;
  return `${group.id}  ${printable(nameOf(group, username))}: ${members}${state}`;
}
