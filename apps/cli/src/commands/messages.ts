import { UsageError } from '../arguments.js';
import { messagesAfter } from '../log-lines.js';
import type { Operation } from '../operation.js';
import { Refusal } from '../refusals.js';
import { knownConversation } from '../targets.js';

/** A message that somebody means by its position. */
interface Meant {
  readonly conversationId: string;
  readonly messageId: string;
}

export async function reply(operation: Operation): Promise<void> {
  const { conversationId, messageId } = await meant(operation);
  const text = operation.args.slice(2).join(' ');
  await operation.sealpost.messages.send(conversationId, text, { replyTo: messageId });
  await operation.sealpost.settled();
}

export async function react(operation: Operation): Promise<void> {
  const { conversationId, messageId } = await meant(operation);
  await operation.sealpost.messages.react(conversationId, messageId, operation.args[2] ?? null);
  await operation.sealpost.settled();
}

export async function deleteMessage(operation: Operation): Promise<void> {
  const { conversationId, messageId } = await meant(operation);
  await operation.sealpost.messages.delete(conversationId, messageId);
  await operation.sealpost.settled();
}

/** By the name of its conversation and its position, which a command is given first. */
export async function meant({ sealpost, args: [name = '', position = ''] }: Operation): Promise<Meant> {
  const seq = Number(position);
  if (!Number.isSafeInteger(seq) || seq < 1)
    throw new UsageError(`“${position}” is no position: history --json has it.`);
  const { id: conversationId } = await knownConversation(sealpost, name);
  const [message] = await messagesAfter(sealpost, conversationId, seq - 1);
  if (message?.seq !== seq || message.id === null) throw new Refusal(`There is no message at ${position}.`);
  return { conversationId, messageId: message.id };
}
