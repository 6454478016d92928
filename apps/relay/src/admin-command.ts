import { USERNAME_PATTERN } from '#protocol';
import { AdminsStore, type Granting } from './admin/index.js';
import { AuditLog } from './audit/index.js';
import { ChangesStore } from './changes/index.js';
import { Misused, type Surroundings, withRelayDatabase, workOf } from './operator-command.js';
import { Clock } from './platform/clock/clock.js';
import { readConfig } from './platform/config/config.js';

export const USAGE = `Who administers a relay, for its operator. It reads the settings that the relay has.

  grant NAME    makes the account of that name an admin
  revoke NAME   makes it none any more
  list          writes every admin, a line each
`;

interface Task {
  readonly admins: AdminsStore;
  readonly args: readonly string[];
  readonly write: Surroundings['write'];
}

/**
 * Does what the operator asked for: 0 when all is as it was asked, 1 when nobody has the name.
 * @throws {Misused} @throws {ConfigMistakes} @throws {Error} when there is no database to be reached.
 */
export async function runAdmin(args: readonly string[], { environment, write }: Surroundings): Promise<number> {
  const [command = '', ...rest] = args;
  const work = workOf(COMMANDS, command);
  const config = readConfig(environment);
  return withRelayDatabase(config, (database) =>
    work({ admins: new AdminsStore(database, new ChangesStore(), new AuditLog(database)), args: rest, write }),
  );
}

const COMMANDS: Readonly<Record<string, (task: Task) => Promise<number>>> = {
  grant: async ({ admins, args, write }) => {
    const name = nameIn(args);
    const came = await admins.grant(name, new Clock().now());
    return told(write, came, { name, done: 'is an admin now', unchanged: 'was an admin already' });
  },
  revoke: async ({ admins, args, write }) => {
    const name = nameIn(args);
    const came = await admins.revoke(name, new Clock().now());
    return told(write, came, { name, done: 'is no admin any more', unchanged: 'was no admin' });
  },
  list: async ({ admins, args, write }) => {
    if (args.length > 0) throw new Misused(`What is ${args.join(' ')}?`);
    for (const { username, since, isSuspended } of await admins.list())
      await write(`${username} since ${since.toISOString()}${isSuspended ? ', suspended' : ''}\n`);
    return 0;
  },
};

function nameIn([name, ...more]: readonly string[]): string {
  if (name === undefined) throw new Misused('The name of an account is missing.');
  if (more.length > 0) throw new Misused(`What is ${more.join(' ')}?`);
  if (!new RegExp(USERNAME_PATTERN).test(name)) throw new Misused(`${name} is no name of an account.`);
  return name;
}

async function told(
  write: Surroundings['write'],
  came: Granting,
  { name, done, unchanged }: { name: string; done: string; unchanged: string },
): Promise<number> {
  const texts = { done: `${name} ${done}.`, unchanged: `${name} ${unchanged}.`, unknown: `Nobody is called ${name}.` };
  await write(`${texts[came]}\n`);
  return came === 'unknown' ? 1 : 0;
}
