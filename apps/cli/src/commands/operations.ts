import type { Invitation, RegistrationMode, ServerStatistics } from '#sdk';
import { UsageError } from '../arguments.js';
import type { Operation } from '../operation.js';
import { everyItem } from '../pages.js';
import { withFactor } from '../second-factor.js';
import { printable, say } from '../terminal.js';

const DAY_SECONDS = 86_400;

/** Says who may register, or changes it. */
export async function registration({ sealpost, terminal, args: [wanted] }: Operation): Promise<void> {
  const settings =
    wanted === undefined
      ? await sealpost.admin.settings()
      : await withFactor({ sealpost, terminal }, () => sealpost.admin.setRegistration(modeOf(wanted)));
  await say(terminal, settings.registration);
}

/** Says how long anything is kept at most, or changes it: what is older is erased within minutes. */
export async function maximumRetention({ sealpost, terminal, args: [wanted] }: Operation): Promise<void> {
  const { retentionMaxDays: days } =
    wanted === undefined
      ? await sealpost.admin.settings()
      : await withFactor({ sealpost, terminal }, () => sealpost.admin.setRetention(daysIn(wanted)));
  await say(terminal, days === null ? 'for good' : `${String(days)} days`);
}

/** Without their codes, which nobody has but who was given them. */
export async function invitations({ sealpost, terminal, options }: Operation): Promise<void> {
  for await (const invitation of everyItem((cursor) => sealpost.admin.invitations({ cursor })))
    await say(terminal, options.json ? JSON.stringify(invitation) : lineOf(invitation));
}

/** Prints the code, which is not shown again. */
export async function invite({ sealpost, terminal, options, args }: Operation): Promise<void> {
  const wanted = {
    ...(args.length === 0 ? {} : { note: args.join(' ') }),
    ...(options.uses === undefined ? {} : { uses: options.uses }),
    ...(options.days === undefined ? {} : { expiresInSeconds: options.days * DAY_SECONDS }),
  };
  const { code } = await withFactor({ sealpost, terminal }, () => sealpost.admin.invite(wanted));
  await say(terminal, code);
}

export async function revokeInvitation({ sealpost, terminal, args: [id = ''] }: Operation): Promise<void> {
  await withFactor({ sealpost, terminal }, () => sealpost.admin.revokeInvitation(id));
}

export async function statistics({ sealpost, terminal, options }: Operation): Promise<void> {
  const numbers = await sealpost.admin.statistics();
  if (options.json) return say(terminal, JSON.stringify(numbers));
  for (const [name, value] of linesOf(numbers)) await say(terminal, `${name.padEnd(24)}${value}`);
}

/** In force for a week, unless `--days` says otherwise. */
export async function announce({
  sealpost,
  terminal,
  options,
  args: [severity = '', ...words],
}: Operation): Promise<void> {
  const draft = {
    severity: severityOf(severity),
    text: words.join(' '),
    ...(options.days === undefined ? {} : { expiresInSeconds: options.days * DAY_SECONDS }),
  };
  const { id } = await withFactor({ sealpost, terminal }, () => sealpost.admin.announce(draft));
  await say(terminal, id);
}

export async function withdrawAnnouncement({ sealpost, terminal, args: [id = ''] }: Operation): Promise<void> {
  await withFactor({ sealpost, terminal }, () => sealpost.admin.withdrawAnnouncement(id));
}

function daysIn(wanted: string): number | null {
  if (wanted === '-') return null;
  if (!/^[1-9]\d{0,3}$/.test(wanted)) throw new UsageError('It goes: admin retention [days|-]');
  return Number(wanted);
}

function modeOf(wanted: string): RegistrationMode {
  if (wanted === 'open' || wanted === 'invite' || wanted === 'closed') return wanted;
  throw new UsageError('It goes: admin registration [open|invite|closed]');
}

function severityOf(wanted: string): 'info' | 'warning' | 'urgent' {
  if (wanted === 'info' || wanted === 'warning' || wanted === 'urgent') return wanted;
  throw new UsageError('It goes: admin announce <info|warning|urgent> <text…>');
}

function lineOf({ id, note, uses, usesLeft, expiresAt }: Invitation): string {
  return `${id}  ${String(usesLeft)} of ${String(uses)} left  until ${expiresAt}  ${printable(note)}`.trimEnd();
}

function linesOf(numbers: ServerStatistics): [string, string][] {
  const { version, uptimeSeconds, accounts, activeAccounts, devices, conversations, messages, pushes } = numbers;
  const few = (count: number | null): string => (count === null ? 'fewer than 5' : String(count));
  return [
    ['version', printable(version)],
    ['uptime', `${String(Math.floor(uptimeSeconds / 3_600))} h`],
    ['accounts', String(accounts)],
    ['here today', few(activeAccounts.day)],
    ['here within 7 days', few(activeAccounts.week)],
    ['here within 30 days', few(activeAccounts.month)],
    ['devices', String(devices)],
    ['conversations', String(conversations)],
    ['messages', String(messages)],
    ['bytes of the database', String(numbers.databaseBytes)],
    ['attachments', `${String(numbers.attachments)}, ${String(numbers.attachmentBytes)} bytes`],
    ['wake-ups', `${String(pushes.sent)} sent, ${String(pushes.failed)} failed`],
  ];
}
