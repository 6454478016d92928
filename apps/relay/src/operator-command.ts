import { once } from 'node:events';
import { type Config, ConfigMistakes } from './platform/config/config.js';
import { borrowEmbeddedPostgres } from './platform/database/embedded/running-server.js';
import { type LentDatabase, withLentDatabase } from './platform/database/lent-database.js';
import { RELAY_SCHEMA } from './schema.js';

export interface Surroundings {
  /** The program's own, if left out. */
  readonly environment?: NodeJS.ProcessEnv;
  /** To standard output, no faster than it is read. */
  readonly write: (text: string) => Promise<void>;
}

/** A command of the operator: it answers with its exit code. */
interface Program {
  readonly run: (args: readonly string[], surroundings: Surroundings) => Promise<number>;
  readonly usage: string;
  /** What is said in front of why it could not. */
  readonly failed: string;
}

/** What was asked for is no command of ours. */
export class Misused extends Error {}

/** The work of that name. @throws {Misused} */
export function workOf<Work>(works: Readonly<Record<string, Work>>, command: string): Work {
  const work = Object.hasOwn(works, command) ? works[command] : undefined;
  if (work === undefined)
    throw new Misused(command === '' ? 'A command is missing.' : `There is no command ${command}.`);
  return work;
}

/** What `parse` makes of the arguments. @throws {Misused} */
export function argumentsOf<Parsed>(parse: () => Parsed): Parsed {
  try {
    return parse();
  } catch (error) {
    throw new Misused(error instanceof Error ? error.message : 'The arguments cannot be read.', { cause: error });
  }
}

/** Runs in this process, whose exit code is 2 when nothing can be said. */
export async function runProgram({ run, usage, failed }: Program): Promise<void> {
  try {
    process.exitCode = await run(process.argv.slice(2), { write });
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown reason';
    const isPlain = error instanceof Misused || error instanceof ConfigMistakes;
    process.stderr.write(isPlain ? `${reason}\n` : `${failed}: ${reason}\n`);
    if (error instanceof Misused) process.stderr.write(`\n${usage}`);
    process.exitCode = 2;
  }
}

/** The database of a relay, whether it runs or not. @throws {Error} when there is none. */
export async function withRelayDatabase<T>(config: Config, work: (database: LentDatabase) => Promise<T>): Promise<T> {
  return withRelayDatabaseUrl(config, (url) => withLentDatabase({ url, schema: RELAY_SCHEMA }, work));
}

/** Where that database is, for its application role. Holds a password, so not for logs. @throws {Error} when there is none. */
export async function withRelayDatabaseUrl<T>(config: Config, work: (url: string) => Promise<T>): Promise<T> {
  if (config.DATABASE_URL !== undefined) return work(config.DATABASE_URL);
  const borrowed = await borrowEmbeddedPostgres(config.DATA_DIR);
  try {
    return await work(borrowed.applicationUrl);
  } finally {
    await borrowed.leave();
  }
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
