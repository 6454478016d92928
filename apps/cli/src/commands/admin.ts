import { type AdminSecurityEvent, type AdminUser, isRefusal, type MfaReset } from '#sdk';
import type { Operation } from '../operation.js';
import { everyItem } from '../pages.js';
import { Refusal } from '../refusals.js';
import { withFactor } from '../second-factor.js';
import { printable, say } from '../terminal.js';

/** By name, those that begin so. */
export async function adminUsers({ sealpost, terminal, options, args: [search] }: Operation): Promise<void> {
  await told(async () => {
    for await (const user of everyItem((cursor) => sealpost.admin.users({ search, cursor })))
      await say(terminal, options.json ? JSON.stringify(user) : lineOf(user));
  });
}

export async function adminUser({ sealpost, terminal, options, args: [username = ''] }: Operation): Promise<void> {
  const user = await told(() => sealpost.admin.user(username));
  if (options.json) return say(terminal, JSON.stringify(user));
  await say(terminal, lineOf(user));
  const { devices, sessions, storedBytes, suspension, secondFactor } = user;
  const factor = secondFactor ? 'a second factor' : 'no second factor';
  await say(terminal, `${devices} devices, ${sessions} sessions, ${factor}, ${storedBytes} bytes stored`);
  if (suspension !== null)
    await say(terminal, `suspended by ${suspension.by ?? 'an admin who is gone'}: ${printable(suspension.reason)}`);
}

/** The newest first: of all, or of one account. */
export async function adminSecurity({ sealpost, terminal, options, args: [username] }: Operation): Promise<void> {
  await told(async () => {
    for await (const event of everyItem((cursor) => sealpost.admin.securityEvents({ username, cursor })))
      await say(terminal, options.json ? JSON.stringify(event) : eventLineOf(event));
  });
}

export async function adminSuspend(operation: Operation): Promise<void> {
  const [username = '', ...reason] = operation.args;
  await acted(operation, () => operation.sealpost.admin.suspend(username, reason.join(' ')));
  await say(operation.terminal, `${username} is suspended.`);
}

export async function adminLift(operation: Operation): Promise<void> {
  const [username = ''] = operation.args;
  await acted(operation, () => operation.sealpost.admin.lift(username));
  await say(operation.terminal, `${username} is not suspended.`);
}

export async function adminEndSessions(operation: Operation): Promise<void> {
  const [username = ''] = operation.args;
  await acted(operation, () => operation.sealpost.admin.endSessions(username));
  await say(operation.terminal, `${username} is signed out everywhere.`);
}

export async function adminResets({ sealpost, terminal, options }: Operation): Promise<void> {
  await told(async () => {
    for await (const reset of everyItem((cursor) => sealpost.admin.mfaResets({ cursor })))
      await say(terminal, options.json ? JSON.stringify(reset) : resetLineOf(reset));
  });
}

/** Another admin has to agree. */
export async function adminResetMfa(operation: Operation): Promise<void> {
  const [username = ''] = operation.args;
  const { id, expiresAt } = await acted(operation, () => operation.sealpost.admin.askMfaReset(username));
  await say(operation.terminal, `Another admin has until ${expiresAt} to agree: admin approve ${id}`);
}

export async function adminApprove(operation: Operation): Promise<void> {
  const [id = ''] = operation.args;
  await acted(operation, () => operation.sealpost.admin.approveMfaReset(id));
  await say(operation.terminal, 'The second factors are reset.');
}

export async function adminDecline(operation: Operation): Promise<void> {
  const [id = ''] = operation.args;
  await acted(operation, () => operation.sealpost.admin.declineMfaReset(id));
  await say(operation.terminal, 'The second factors stay as they are.');
}

function lineOf({ username, displayName, state, admin, lastSeenDay }: AdminUser): string {
  const seen = lastSeenDay === null ? 'never seen' : `last seen ${lastSeenDay}`;
  return `${username}  ${printable(displayName)}  ${state}${admin ? ', admin' : ''}  ${seen}`;
}

/** What the relay says is what stands here: a kind is one word, and all else are names and numbers. */
function eventLineOf({ at, kind, count, accountId, username, subject }: AdminSecurityEvent): string {
  const times = count === null ? '' : ` (${String(count)})`;
  const who = username ?? accountId ?? 'nobody';
  return `${at}  ${who}  ${kind.replaceAll('_', ' ')}${times}${subject === null ? '' : `  to ${subject}`}`;
}

function resetLineOf({ id, username, askedBy, expiresAt }: MfaReset): string {
  return `${id}  ${username}, asked by ${askedBy}, until ${expiresAt}`;
}

function acted<T>(operation: Operation, work: () => Promise<T>): Promise<T> {
  return told(() => withFactor(operation, work));
}

/** What admins are refused is not what people are refused among themselves, for which there are words already. */
async function told<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isRefusal(error, 'forbidden', 'not_found', 'conflict') && error.detail !== undefined)
      throw new Refusal(printable(error.detail), { cause: error });
    throw error;
  }
}
