import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase, TestRelay } from '#testing';
import { runBackup } from '../../apps/relay/src/backup-command.js';
import { runRestore } from '../../apps/relay/src/restore-command.js';

/** What a command of the operator said, or why it did not. */
export interface Said {
  readonly code: number;
  readonly out: string;
}

type Command = typeof runBackup;
export type Settings = Readonly<Record<string, string>>;

/** Where a backup can be restored to. */
interface Place {
  readonly database: TestDatabase;
  readonly settings: Settings;
}

/** Runs a command as `npm run` does, but within this process. */
export async function ran(command: Command, args: readonly string[], environment: Settings): Promise<Said> {
  let out = '';
  const write = (text: string): Promise<void> => {
    out += text;
    return Promise.resolve();
  };
  const code = await command(args, { environment, write }).catch((error: unknown) => {
    out += error instanceof Error ? error.message : String(error);
    return 2;
  });
  return { code, out };
}

/** Folders of backups, and databases to restore them to, which go when the tests of a file are over. */
export class Vaults {
  private readonly folders: string[] = [];
  private readonly databases: TestDatabase[] = [];

  static duringTests(): Vaults {
    const vaults = new Vaults();
    afterAll(async () => {
      for (const database of vaults.databases) await database.drop();
      for (const folder of vaults.folders) await rm(folder, { recursive: true, force: true });
    });
    return vaults;
  }

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'sealpost-backup-'));
    this.folders.push(folder);
    return folder;
  }

  async database(): Promise<TestDatabase> {
    const database = await createTestDatabase();
    this.databases.push(database);
    return database;
  }

  /** A backup of a relay that runs. */
  async backUp(relay: TestRelay, ...options: string[]): Promise<string> {
    const folder = await this.folder();
    const said = await ran(runBackup, [folder, ...options], relay.settings);
    if (said.code !== 0) throw new Error(said.out);
    return folder;
  }

  /** Settings of a relay whose database, and folder of attachments, are empty. */
  async emptyPlace(relay: TestRelay): Promise<Place> {
    const database = await this.database();
    const { applicationUrl: DATABASE_URL, ownerUrl: MIGRATION_DATABASE_URL } = database;
    const places = { DATABASE_URL, MIGRATION_DATABASE_URL, ATTACHMENTS_DIR: join(await this.folder(), 'attachments') };
    return { database, settings: { ...relay.settings, ...places } };
  }
}

/** A relay of its own on what was restored, with the time of the one that was saved. */
export async function serving<T>(
  relay: TestRelay,
  { settings, database }: Place,
  work: (other: TestRelay) => Promise<T>,
): Promise<T> {
  const { ATTACHMENTS_DIR = '' } = settings;
  const other = await TestRelay.start({ database, clock: relay.clock, environment: { ATTACHMENTS_DIR } });
  try {
    return await work(other);
  } finally {
    await other.stop();
  }
}

export const restored = (folder: string, settings: Settings, ...options: string[]): Promise<Said> =>
  ran(runRestore, [folder, ...options], settings);

export const checked = (folder: string): Promise<Said> => ran(runBackup, ['--verify', folder], {});
