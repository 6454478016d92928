import { isLifetime } from '#protocol';
import type { RetentionInForce } from '#sdk';
import { UsageError } from '../arguments.js';
import type { Operation } from '../operation.js';
import { knownConversation } from '../targets.js';
import { say } from '../terminal.js';

/** Says how long the relay keeps messages, or has it keep them for another time. */
export async function retention(operation: Operation): Promise<void> {
  const { sealpost, terminal, options, args } = operation;
  const [name = '', ...wanted] = args;
  const { id } = await knownConversation(sealpost, name);
  if (wanted.length > 0) {
    await sealpost.conversations.setRetention(id, retentionFrom(wanted));
    return;
  }
  const inForce = await sealpost.conversations.retention(id);
  for (const line of options.json ? [JSON.stringify(inForce)] : linesOf(inForce)) await say(terminal, line);
}

/** Says how long messages live, here and on all devices, or has new ones live for another time. */
export async function lifetime({ sealpost, terminal, args: [name = '', wanted] }: Operation): Promise<void> {
  const { id } = await knownConversation(sealpost, name);
  if (wanted !== undefined) {
    await sealpost.conversations.setLifetime(id, lifetimeFrom(wanted));
    await sealpost.settled();
  }
  const { lifetimeSeconds: seconds } = await sealpost.conversations.get(id);
  const words = seconds === null ? 'never' : `${String(seconds)} seconds after they were sent`;
  await say(terminal, `New messages disappear ${words}.`);
}

function lifetimeFrom(wanted: string): number | null {
  if (wanted === 'off') return null;
  const seconds = Number(wanted);
  if (!isLifetime(seconds)) throw new UsageError('It is off, or a number of seconds, up to a year.');
  return seconds;
}

function retentionFrom([life, delivered]: readonly (string | undefined)[]) {
  const isSaid = life === 'keep' || /^[1-9]\d{0,8}$/.test(life ?? '');
  if (!isSaid || !['delivered', undefined].includes(delivered))
    throw new UsageError('It is keep, or a number of seconds; and delivered, or nothing, behind that.');
  return { expireAfterSeconds: life === 'keep' ? null : Number(life), afterDelivery: delivered === 'delivered' };
}

function linesOf(inForce: RetentionInForce): string[] {
  const { expireAfterSeconds, afterDelivery, maximumSeconds, deliveredEverywhere, deliveredKeptSeconds } = inForce;
  return [
    expireAfterSeconds === null
      ? 'The relay keeps what is written here.'
      : `The relay deletes what is written here after ${String(expireAfterSeconds)} seconds.`,
    ...(afterDelivery || deliveredEverywhere
      ? [`What all devices have it deletes, no sooner than ${String(deliveredKeptSeconds)} seconds after it was sent.`]
      : []),
    ...(maximumSeconds === null ? [] : [`It keeps nothing longer than ${String(maximumSeconds)} seconds.`]),
  ];
}
