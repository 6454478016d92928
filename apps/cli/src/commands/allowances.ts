import type { AccountAllowance } from '#sdk';
import { UsageError } from '../arguments.js';
import type { Operation } from '../operation.js';
import { withFactor } from '../second-factor.js';
import { say } from '../terminal.js';

const DAY_SECONDS = 86_400;
/** On the command line: what all have. */
const AS_ALL = '-';

export async function allowance({ sealpost, terminal, options, args: [username = ''] }: Operation): Promise<void> {
  const own = await sealpost.admin.allowance(username);
  await say(terminal, options.json ? JSON.stringify(own) : lineOf(own));
}

/** What it has already stays. */
export async function quotas({
  sealpost,
  terminal,
  args: [username = '', all = '', day = ''],
}: Operation): Promise<void> {
  const wanted = { attachmentBytes: numberIn(all), attachmentBytesPerDay: numberIn(day) };
  const own = await withFactor({ sealpost, terminal }, () => sealpost.admin.setQuotas(username, wanted));
  await say(terminal, lineOf(own));
}

/** For a week, unless `--days` says otherwise. */
export async function limits({
  sealpost,
  terminal,
  options,
  args: [username = '', given = ''],
}: Operation): Promise<void> {
  const percent = numberIn(given);
  const days = options.days === undefined ? {} : { expiresInSeconds: options.days * DAY_SECONDS };
  await withFactor({ sealpost, terminal }, async () => {
    if (percent === null) await sealpost.admin.liftLimits(username);
    else await sealpost.admin.setLimits(username, { percent, ...days });
  });
  await say(terminal, lineOf(await sealpost.admin.allowance(username)));
}

function numberIn(given: string): number | null {
  if (given === AS_ALL) return null;
  if (!/^\d{1,15}$/.test(given)) throw new UsageError('It takes a number, or - for what all have.');
  return Number(given);
}

function lineOf({ attachmentBytes, attachmentBytesPerDay, limits: own }: AccountAllowance): string {
  const bytes = (count: number | null): string => (count === null ? 'as all' : `${String(count)} bytes`);
  const rates = own === null ? 'as all' : `${String(own.percent)} % until ${own.until}`;
  return `files: ${bytes(attachmentBytes)}, a day: ${bytes(attachmentBytesPerDay)}; limits: ${rates}`;
}
