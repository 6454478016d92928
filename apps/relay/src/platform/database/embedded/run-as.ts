import { userInfo } from 'node:os';
import { join } from 'node:path';
import { copyBinaries, removeBinariesCopy, USE_ANOTHER_SERVER } from './binaries.js';
import { runCommand, type Account, type Command, type Outcome } from './command.js';

/** A way to run the server's programs. */
export class RunAs {
  private attempt: Promise<Outcome> | undefined;

  constructor(
    readonly disguise: Disguise,
    /** Precedes a program so that it ends with this process. */
    private readonly tether: readonly string[],
    private readonly native: string,
  ) {}

  /** Whom the data must belong to, as seen from outside of a user namespace. */
  get owner(): Account {
    return this.disguise.account ?? currentAccount();
  }

  /** The command that runs one of PostgreSQL's programs. */
  program(name: 'initdb' | 'postgres', args: readonly string[], cwd?: string): Command {
    return this.command([join(this.native, 'bin', name), ...args], cwd);
  }

  /** How to name `folder` to a program that runs in it. */
  async nameOf(folder: string): Promise<string> {
    if (this.disguise === AS_OURSELVES) return folder;
    const { succeeded } = await runCommand(this.command(['test', '-x', folder]));
    // A process may use the folder it was put in even when it may not walk there, such as under a 0700 home.
    return succeeded || process.platform !== 'linux' ? folder : '/proc/self/cwd';
  }

  /** Whether the disguise itself works, never mind PostgreSQL. */
  async isPossible(): Promise<boolean> {
    return (await runCommand(this.command(['true']))).succeeded;
  }

  /** Has the server print its version, and no more. Asked once. */
  tryPostgres(): Promise<Outcome> {
    this.attempt ??= runCommand(this.program('postgres', ['--version']));
    return this.attempt;
  }

  private command(argv: readonly string[], cwd?: string): Command {
    const { wrapper, account } = this.disguise;
    // The tether comes innermost: the kernel forgets it when a process changes its user or its namespace.
    const [file = '', ...args] = [...wrapper, ...this.tether, ...argv];
    return { file, args, ...(cwd === undefined ? {} : { cwd }), ...(account === undefined ? {} : { account }) };
  }
}

/** How a program is kept from noticing that we are root. */
interface Disguise {
  readonly name: string;
  readonly wrapper: readonly string[];
  readonly account?: Account;
}

/**
 * PostgreSQL refuses to run as root. In order: directly; as root in a user namespace that shows root as
 * an ordinary user; as `nobody`. Where a disguise may not read our binaries, it gets a copy of them,
 * which `directory` remembers.
 *
 * @throws Error saying what was tried and what to do.
 */
export async function findRunAs(native: string, directory: string): Promise<RunAs> {
  const tether = await findTether();
  const complaints: string[] = [];
  for await (const disguise of listDisguises()) {
    const inPlace = new RunAs(disguise, tether, native);
    const outcome = await inPlace.tryPostgres();
    if (outcome.succeeded) return inPlace;
    complaints.push(`${disguise.name}: ${outcome.complaint}`);
    if (!isRoot() || !(await inPlace.isPossible())) continue;
    const fromCopy = new RunAs(disguise, tether, await copyBinaries(native, directory));
    if ((await fromCopy.tryPostgres()).succeeded) return fromCopy;
    await removeBinariesCopy(directory);
  }
  throw new Error(`The embedded PostgreSQL cannot run here: ${remedy()}. Tried ${complaints.join('; ')}.`);
}

function remedy(): string {
  if (isRoot()) return `run as an ordinary user, or ${USE_ANOTHER_SERVER}`;
  if (hasName()) return USE_ANOTHER_SERVER;
  return `give user ${currentAccount().uid} an entry in /etc/passwd, or ${USE_ANOTHER_SERVER}`;
}

/** The account to which root falls back. */
export async function findNobody(): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all(['-u', '-g'].map((flag) => runCommand({ file: 'id', args: [flag, 'nobody'] })));
  if (!uid?.succeeded || !gid?.succeeded) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

export function isRoot(): boolean {
  return currentAccount().uid === 0;
}

function currentAccount(): Account {
  return { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
}

const AS_OURSELVES: Disguise = { name: 'directly', wrapper: [] };

const IN_NAMESPACE: Disguise = {
  name: 'in a user namespace',
  wrapper: ['unshare', '--user', '--map-user=1', '--map-group=1'],
};

async function* listDisguises(): AsyncGenerator<Disguise> {
  if (!isRoot()) {
    // initdb wants a user with a name, which a container's bare number has not. The namespace lends it one.
    yield hasName() ? AS_OURSELVES : IN_NAMESPACE;
    return;
  }
  yield IN_NAMESPACE;
  const account = await findNobody();
  if (account) yield { name: 'as nobody', wrapper: [], account };
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false;
  }
}

/**
 * Linux can send a process a signal when its parent dies, even by `kill -9`. SIGINT is PostgreSQL's fast
 * shutdown: it drops the clients and leaves nothing to recover. The parent is a thread, not a process,
 * so a worker thread that starts the server must outlive it.
 */
async function findTether(): Promise<readonly string[]> {
  const [file, ...args] = ['setpriv', '--pdeathsig', 'INT'] as const;
  const { succeeded } = await runCommand({ file, args: [...args, 'true'] });
  return succeeded ? [file, ...args] : [];
}
