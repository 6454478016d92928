import type { SecurityEvent } from '#sdk';
import type { Operation } from '../operation.js';
import { everyItem } from '../pages.js';
import { say } from '../terminal.js';

/** The newest first. */
export async function securityEvents({ sealpost, terminal, options }: Operation): Promise<void> {
  for await (const event of everyItem((cursor) => sealpost.security.events({ cursor })))
    await say(terminal, options.json ? JSON.stringify(event) : lineOf(event));
}

/** The oldest first, as the relay has them: a line of JSON each. */
export async function exportSecurityEvents({ sealpost, terminal }: Operation): Promise<void> {
  const lines = (await sealpost.security.export()).split('\n');
  for (const line of lines.filter((one) => one !== '')) await say(terminal, line);
}

/** As the operator's `verify --kept` reads them. */
export async function securityCheckpoints({ sealpost, terminal }: Operation): Promise<void> {
  for await (const checkpoint of everyItem((cursor) => sealpost.security.checkpoints({ cursor })))
    await say(terminal, JSON.stringify(checkpoint));
}

/** What the relay says is what stands here: a kind is one word, and all else are ids and numbers. */
function lineOf({ at, kind, count, deviceId, subjectId }: SecurityEvent): string {
  const times = count === null ? '' : ` (${count})`;
  const from = deviceId === null ? '' : `  from ${deviceId}`;
  const to = subjectId === null ? '' : `  to ${subjectId}`;
  return `${at}  ${kind.replaceAll('_', ' ')}${times}${from}${to}`;
}
