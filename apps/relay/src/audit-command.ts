import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  AuditReader,
  checkChain,
  checkpointKeyFrom,
  CheckpointsStore,
  plainRecord,
  readCheckpoints,
  toAuditCheckpointDto,
} from './audit/index.js';
import { argumentsOf, Misused, type Surroundings, withRelayDatabase, workOf } from './operator-command.js';
import { type Config, readConfig } from './platform/config/config.js';
import { completeConfig } from './platform/config/generated-secrets.js';

export const USAGE = `The audit log of a relay, for its operator. It reads the settings that the relay has.

  verify [--kept FILE]… [--key KEY]…   checks every record, and every signature
      --kept   checkpoints that were kept elsewhere, a line each
      --key    a public key that the server had before its secret was changed
  export                               writes every record, a line of JSON each
  checkpoints                          writes every signed checkpoint, a line of JSON each
`;

interface StoredLog {
  readonly reader: AuditReader;
  readonly checkpoints: CheckpointsStore;
}

interface Options {
  readonly kept: readonly string[];
  readonly key: readonly string[];
}

interface Task extends StoredLog, Pick<Surroundings, 'write'> {
  readonly config: Config;
  readonly options: Options;
}

/**
 * Does what the operator asked for, and tells by the exit code whether the log is what it was.
 * @throws {Misused} @throws {ConfigMistakes} @throws {Error} when the log cannot be read.
 */
export async function runAudit(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { command, options } = parsed(args);
  const work = workOf(COMMANDS, command);
  const config = readConfig(surroundings.environment);
  const { write } = surroundings;
  return withRelayDatabase(config, (database) => {
    const log = { reader: new AuditReader(database), checkpoints: new CheckpointsStore(database) };
    return work({ ...log, config, options, write });
  });
}

const COMMANDS: Readonly<Record<string, (task: Task) => Promise<number>>> = {
  verify,
  export: async ({ reader, write }) => {
    for await (const record of reader.every()) await write(lineOf(plainRecord(record)));
    return 0;
  },
  checkpoints: async ({ checkpoints, write }) => {
    for (const checkpoint of await checkpoints.all()) await write(lineOf(toAuditCheckpointDto(checkpoint)));
    return 0;
  },
};

function parsed(args: readonly string[]): { command: string; options: Options } {
  const list = { type: 'string', multiple: true, default: [] as string[] } as const;
  const { values, positionals } = argumentsOf(() =>
    parseArgs({ args: [...args], allowPositionals: true, options: { kept: list, key: list } }),
  );
  const [command = '', ...more] = positionals;
  if (more.length > 0) throw new Misused(`What is ${more.join(' ')}?`);
  return { command, options: values };
}

/** Tells on standard output what it found, and by its exit code whether that is well. */
async function verify({ reader, checkpoints, config, options, write }: Task): Promise<number> {
  const kept = options.kept.flatMap((file) => readCheckpoints(readFileSync(file, 'utf8')));
  // Read first: what is signed while the log is read would be beyond the end that was found.
  const stored = await checkpoints.all();
  const evidence = { stored, kept, trustedKeys: trustedKeys(config, options.key) };
  const { records, fault } = await checkChain(reader.every(), evidence);
  if (fault !== undefined) {
    await write(`The audit log is not what it was: ${fault}.\n`);
    return 1;
  }
  const last = stored.at(-1);
  const signed = last === undefined ? 'none signed yet' : `signed up to record ${last.seq} on ${last.day}`;
  await write(`The audit log is whole: ${records} records, ${signed}.\n`);
  return 0;
}

function trustedKeys(config: Config, given: readonly string[]): Buffer[] {
  const keys = given.map((text) => Buffer.from(text, 'base64url'));
  // The relay makes secrets where there are none. A look at the log must not.
  const isMade = existsSync(join(config.DATA_DIR, 'secrets.json'));
  const secret = config.SERVER_SECRET ?? (isMade ? completeConfig(config, undefined).SERVER_SECRET : undefined);
  return secret === undefined ? keys : [...keys, checkpointKeyFrom(secret).publicKey];
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
