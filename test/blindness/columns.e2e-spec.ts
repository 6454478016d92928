import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TestRelay } from '#testing';

/** What a column may hold. There is no class for private keys, passphrases, addresses or file names, and but one for plaintext. */
const CLASSES = [
  'identifier',
  'name',
  'public key',
  'ciphertext',
  'credential hash',
  'key derivation',
  'position',
  'size',
  'time',
  'kind',
  'state',
  'setting',
  'note',
  'wake-up address',
  'reported content',
];

type Ledger = Readonly<Record<string, { kept: string; columns: Record<string, [kind: string, reason: string]> }>>;

const ledger = JSON.parse(readFileSync(join(import.meta.dirname, 'columns.json'), 'utf8')) as Ledger;
const justified = Object.entries(ledger).flatMap(([table, { columns }]) =>
  Object.entries(columns).map(([column, [kind, reason]]) => ({ name: `${table}.${column}`, kind, reason })),
);

const relay = TestRelay.duringTests();

/** Of every schema that is not PostgreSQL's own, so that nothing hides beside `public`. */
async function storedColumns(): Promise<string[]> {
  const rows = await relay.query<{ name: string }>(
    `SELECT CASE WHEN table_schema = 'public' THEN '' ELSE table_schema || '.' END || table_name || '.' || column_name AS name
     FROM information_schema.columns WHERE table_schema NOT IN ('information_schema', 'pg_catalog')`,
  );
  return rows.map(({ name }) => name).sort();
}

async function unjustified(): Promise<{ unexplained: string[]; vanished: string[] }> {
  const stored = await storedColumns();
  const names = justified.map(({ name }) => name);
  return {
    unexplained: stored.filter((name) => !names.includes(name)),
    vanished: names.filter((name) => !stored.includes(name)),
  };
}

describe('the ledger of columns (C-37)', () => {
  it('has a line for every column, and no line for a column that is gone', async () => {
    expect(await unjustified()).toEqual({ unexplained: [], vanished: [] });
  });

  it('gives each column one of the known classes, a reason of its own, and each table a time for which it is kept', () => {
    expect(justified.filter(({ kind }) => !CLASSES.includes(kind))).toEqual([]);
    expect(justified.filter(({ reason }) => reason.length < 5)).toEqual([]);
    expect(Object.values(ledger).filter(({ kept }) => kept.length < 5)).toEqual([]);
  });

  it('has plaintext in two places: what somebody reports, and what they have attached to it', () => {
    const inTheClear = justified.filter(({ kind }) => kind === 'reported content').map(({ name }) => name);
    expect(inTheClear.sort()).toEqual(['report_messages.content', 'reports.words']);
  });

  it.each([
    ['a new column', 'ALTER TABLE devices ADD COLUMN push_token text', 'devices.push_token'],
    ['a new table', 'CREATE TABLE notes (words text)', 'notes.words'],
    ['a table in a schema aside', 'CREATE SCHEMA aside CREATE TABLE notes (words text)', 'aside.notes.words'],
  ])('fails for %s', async (_what, sql, unexplained) => {
    await relay.query(sql);
    try {
      expect(await unjustified()).toEqual({ unexplained: [unexplained], vanished: [] });
    } finally {
      await relay.query('DROP SCHEMA IF EXISTS aside CASCADE');
      await relay.query('DROP TABLE IF EXISTS notes');
      await relay.query('ALTER TABLE devices DROP COLUMN IF EXISTS push_token');
    }
  });

  it('fails for a column that is gone', async () => {
    await relay.query('ALTER TABLE contacts RENAME COLUMN changed_at TO altered_at');
    try {
      expect(await unjustified()).toEqual({ unexplained: ['contacts.altered_at'], vanished: ['contacts.changed_at'] });
    } finally {
      await relay.query('ALTER TABLE contacts RENAME COLUMN altered_at TO changed_at');
    }
  });
});
