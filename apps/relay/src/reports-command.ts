import { parseArgs } from 'node:util';
import { type ReportId, UUID_PATTERN } from '#protocol';
import { Misused, type Surroundings, withRelayDatabase, workOf } from './operator-command.js';
import { Clock } from './platform/clock/clock.js';
import { readConfig } from './platform/config/config.js';
import { ReportDesk, type ReportOnDesk, type ReportSummary } from './reports/index.js';

export const USAGE = `Reports of abuse, for the operator of a relay. It reads the settings that the relay has.

  list [--all]   writes the open reports, or all of them, oldest first, a line of JSON each
  show ID        writes a report, with all that was shown in it
  resolve ID     says that a report is dealt with, which whoever filed it can see
`;

interface Task {
  readonly desk: ReportDesk;
  readonly id: string | undefined;
  readonly isAll: boolean;
  readonly write: Surroundings['write'];
}

/**
 * Does what the operator asked for: 0 when all is as it was asked, 1 when there is no such report.
 * @throws {Misused} @throws {ConfigMistakes} @throws {Error} when there is no database to be reached.
 */
export async function runReports(args: readonly string[], { environment, write }: Surroundings): Promise<number> {
  const { command, id, isAll } = parsed(args);
  const work = workOf(COMMANDS, command);
  const config = readConfig(environment);
  return withRelayDatabase(config, (database) => work({ desk: new ReportDesk(database), id, isAll, write }));
}

const COMMANDS: Readonly<Record<string, (task: Task) => Promise<number>>> = {
  list: async ({ desk, id, isAll, write }) => {
    if (id !== undefined) throw new Misused(`What is ${id}?`);
    for await (const report of desk.every(isAll ? 'all' : 'open')) await write(`${plain(summaryOf(report))}\n`);
    return 0;
  },
  show: async ({ desk, id, write }) => {
    const report = await desk.one(idIn(id));
    if (report === undefined) return unknown(write);
    await write(`${plain(wholeOf(report), 2)}\n`);
    return 0;
  },
  resolve: async ({ desk, id, write }) => {
    if (!(await desk.resolve(idIn(id), new Clock().now()))) return unknown(write);
    await write('It is resolved.\n');
    return 0;
  },
};

function parsed(args: readonly string[]): { command: string; id: string | undefined; isAll: boolean } {
  try {
    const options = { all: { type: 'boolean', default: false } } as const;
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    const [command = '', id, ...more] = positionals;
    if (more.length > 0) throw new Error(`What is ${more.join(' ')}?`);
    return { command, id, isAll: values.all };
  } catch (error) {
    throw new Misused(error instanceof Error ? error.message : 'The arguments cannot be read.');
  }
}

function idIn(id: string | undefined): ReportId {
  if (id === undefined) throw new Misused('The id of a report is missing.');
  if (!new RegExp(UUID_PATTERN).test(id)) throw new Misused('That is no id of a report.');
  return id as ReportId;
}

async function unknown(write: Surroundings['write']): Promise<number> {
  await write('There is no such report.\n');
  return 1;
}

function summaryOf({ id, filedAt, resolvedAt, reason, reporter, reported, messages }: ReportSummary) {
  return { id, filedAt, state: resolvedAt === null ? 'open' : 'resolved', reason, reporter, reported, messages };
}

function wholeOf({ conversationId, words, messages, ...report }: ReportOnDesk) {
  return {
    ...summaryOf({ ...report, messages: messages.length }),
    resolvedAt: report.resolvedAt,
    conversationId,
    words,
    messages: messages.map(({ messageId, sentAt, verdict, content }) => ({
      ...{ messageId, sentAt, verdict, content: content.toString('utf8') },
    })),
  };
}

/** Of what others wrote nothing may move the cursor of a terminal, or turn a line around: JSON leaves only these as they are. */
const MOVING = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function plain(value: object, indent?: number): string {
  return JSON.stringify(value, null, indent).replaceAll(
    MOVING,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
