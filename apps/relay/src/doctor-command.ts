import { examine, type Finding } from './doctor/index.js';
import { Misused, type Surroundings, withRelayDatabase } from './operator-command.js';
import { Clock } from './platform/clock/clock.js';
import { ConfigMistakes, readConfig, secretFile } from './platform/config/config.js';
import { RELAY_SCHEMA } from './schema.js';

export const USAGE = `Examines an installation of the relay, for its operator. It takes no arguments, and reads the settings that the relay has.
`;

/**
 * Writes a line for each thing it looks at, `ok`, `warn` or `fail`: 0 when nothing failed, 1 when something did.
 * @throws {Misused}
 */
export async function runDoctor(args: readonly string[], { environment, write }: Surroundings): Promise<number> {
  if (args.length > 0) throw new Misused(`What is ${args.join(' ')}?`);
  const found = { ok: 0, warn: 0, fail: 0 };
  for await (const { verdict, what, says } of findings(environment)) {
    found[verdict]++;
    await write(`${verdict.padEnd(4)}  ${what}: ${says}\n`);
  }
  await write(`\n${String(found.ok)} ok, ${String(found.warn)} to look at, ${String(found.fail)} failed\n`);
  return found.fail === 0 ? 0 : 1;
}

async function* findings(environment: NodeJS.ProcessEnv | undefined): AsyncGenerator<Finding> {
  try {
    const config = readConfig(environment);
    yield { verdict: 'ok', what: 'settings', says: 'are valid' };
    yield* examine({
      config,
      keyFile: secretFile('JWT_KEYS', environment),
      schema: RELAY_SCHEMA,
      clock: new Clock(),
      withDatabase: (work) => withRelayDatabase(config, work),
    });
  } catch (error) {
    if (!(error instanceof ConfigMistakes)) throw error;
    for (const mistake of error.mistakes) yield { verdict: 'fail', what: 'settings', says: mistake };
  }
}
