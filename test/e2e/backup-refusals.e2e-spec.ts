import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TestRelay, TestUser } from '#testing';
import pg from 'pg';
import { runBackup } from '../../apps/relay/src/backup-command.js';
import { RELAY_SCHEMA } from '../../apps/relay/src/schema.js';
import { checked, ran, restored, serving, Vaults } from './backing-up.js';

/** What is no whole backup, or has no empty place to go to, is refused before anything is touched. */

const relay = TestRelay.duringTests();
const vaults = Vaults.duringTests();

interface Editable {
  migrations: string[];
  tables: { name: string; rows: number }[];
}

async function edited(folder: string, change: (manifest: Editable) => void): Promise<void> {
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Editable;
  change(manifest);
  await writeFile(file, JSON.stringify(manifest));
}

describe('a backup is refused, and nothing is touched,', () => {
  beforeAll(() => TestUser.register(relay));

  it('when a bit of it turned, or a file is gone', async () => {
    const folder = await vaults.backUp(relay);
    const file = join(folder, 'accounts.copy.gz');
    const bytes = await readFile(file);
    const { settings } = await vaults.emptyPlace(relay);
    bytes[bytes.length >> 1]! ^= 1;
    await writeFile(file, bytes);
    expect(await checked(folder)).toEqual({
      code: 1,
      out: 'The backup is damaged: accounts.copy.gz was changed or damaged.\n',
    });
    expect((await restored(folder, settings)).out).toBe('accounts.copy.gz was changed or damaged');
    await writeFile(file, bytes.subarray(1));
    expect((await checked(folder)).out).toContain('bytes, not');
  });

  it('when it has no manifest: it was broken off', async () => {
    const folder = await vaults.folder();
    const { settings } = await vaults.emptyPlace(relay);
    for (const said of [await checked(folder), await restored(folder, settings)])
      expect(said).toMatchObject({ code: 2, out: expect.stringContaining('there is no manifest.json') as string });
  });

  it('when a newer version made it', async () => {
    const folder = await vaults.backUp(relay);
    await edited(folder, ({ migrations }) => migrations.push('Tomorrow2000000000000'));
    const { settings, database } = await vaults.emptyPlace(relay);
    expect((await restored(folder, settings)).out).toContain('was made by a newer version');
    expect(await tablesIn(database.ownerUrl)).toEqual([]);
  });

  it('when the database is not empty, is newer, or a relay uses it', async () => {
    const folder = await vaults.backUp(relay);
    expect((await restored(folder, relay.settings)).out).toBe('a relay uses this database: stop it first');
    const place = await vaults.emptyPlace(relay);
    expect((await restored(folder, place.settings)).code).toBe(0);
    expect((await restored(folder, place.settings)).out).toContain('the database is not empty: accounts,');
    const empty = await vaults.emptyPlace(relay);
    await serving(relay, empty, () => Promise.resolve());
    await edited(folder, ({ migrations }) => migrations.pop());
    expect((await restored(folder, empty.settings)).out).toContain('has a newer schema than the backup');
  });

  it('when rows are missing in it; and then a whole one can be restored there, also where a relay was before', async () => {
    const folder = await vaults.backUp(relay);
    const place = await vaults.emptyPlace(relay);
    await serving(relay, place, () => Promise.resolve());
    await edited(folder, ({ tables }) => tables.find(({ name }) => name === 'sessions')!.rows++);
    expect((await restored(folder, place.settings)).out).toContain('sessions has');
    await edited(folder, ({ tables }) => tables.find(({ name }) => name === 'sessions')!.rows--);
    expect((await restored(folder, place.settings)).code).toBe(0);
  });

  it('when it is to be written over something', async () => {
    const folder = await vaults.backUp(relay);
    expect((await ran(runBackup, [folder], relay.settings)).out).toContain('is not empty');
  });
});

it('has every table of the relay', async () => {
  const folder = await vaults.backUp(relay);
  const { tables } = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as Editable;
  const all = (await tablesIn(relay.database.ownerUrl)).filter((name) => name !== 'migrations');
  expect(tables.map(({ name }) => name).sort()).toEqual(all);
  expect(all.length).toBe(RELAY_SCHEMA.entities.length);
});

async function tablesIn(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const sql = `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`;
    return (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name).sort();
  } finally {
    await client.end();
  }
}
