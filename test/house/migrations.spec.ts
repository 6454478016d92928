import type { MigrationInterface, QueryRunner } from 'typeorm';
import { RELAY_SCHEMA } from '../../apps/relay/src/schema.js';

/**
 * Migrations run while relays of the version before serve, and go on serving on what they made (docs/upgrading.md). So they add,
 * and what nobody uses any more is taken away by a later version, in a migration that says so in `contracts`.
 */

/** No relay of a version before these serves while they run: they came with the first release. */
const LAST_OF_FIRST_RELEASE = 1811000000000;

interface Migration extends MigrationInterface {
  /** What is taken away or changed, and since which version nobody uses it. */
  readonly contracts?: string;
}

const BREAKING = [
  [/\bDROP (TABLE|COLUMN|FUNCTION)\b/i, 'takes something away'],
  [/\bRENAME\b/i, 'renames something'],
  [/\bALTER COLUMN \w+ (SET DATA )?TYPE\b/i, 'changes a type'],
  [/\bSET NOT NULL\b/i, 'demands what the version before does not write'],
  [
    /\bADD COLUMN (?:(?!,|DEFAULT).)*\bNOT NULL(?!(?:(?!,).)*DEFAULT)/i,
    'demands what the version before does not write',
  ],
] as const;

/** What holds a table for as long as it takes to read or write all of it. */
const BLOCKING = [
  [/\bADD COLUMN (?:(?!,).)*\bDEFAULT (gen_random_uuid|clock_timestamp|random|now)\(/i, 'rewrites a table'],
  [/^\s*(UPDATE|DELETE)\b/i, 'changes all rows in one transaction'],
  [/\bVACUUM FULL\b|\bCLUSTER\b/i, 'rewrites a table'],
] as const;

/** The statements of a migration, without what stands in the bodies of functions. */
async function statementsOf(migration: Migration): Promise<string[]> {
  const statements: string[] = [];
  const runner = {
    query: (sql: string) => {
      statements.push(sql.replaceAll(/\$(\w*)\$[\s\S]*?\$\1\$/g, "''"));
      return Promise.resolve([]);
    },
  };
  await migration.up(runner as unknown as QueryRunner);
  return statements;
}

async function mistakesIn(migration: Migration): Promise<string[]> {
  const statements = await statementsOf(migration);
  const own = new Set(
    statements.flatMap((sql) => [...sql.matchAll(/\bCREATE (?:UNLOGGED )?TABLE (\w+)/gi)].map(([, name]) => name)),
  );
  const found = statements.flatMap((sql) => [
    ...(migration.contracts === undefined ? matches(sql, BREAKING) : []),
    ...matches(sql, BLOCKING),
    ...indexMistakes(sql, own),
    ...constraintMistakes(sql, own),
  ]);
  return [...found, ...concurrencyMistakes(migration, statements)];
}

function matches(sql: string, rules: readonly (readonly [RegExp, string])[]): string[] {
  return rules.flatMap(([pattern, what]) => (pattern.test(sql) ? [what] : []));
}

function indexMistakes(sql: string, own: ReadonlySet<string | undefined>): string[] {
  const [, concurrently, table] = /\bCREATE (?:UNIQUE )?INDEX (CONCURRENTLY )?\w+ ON (\w+)/i.exec(sql) ?? [];
  const isFine = table === undefined || own.has(table) || concurrently !== undefined;
  return isFine ? [] : [`keeps ${table} from being written while an index is made`];
}

function constraintMistakes(sql: string, own: ReadonlySet<string | undefined>): string[] {
  const [, table] = /\bALTER TABLE (\w+)[\s\S]*\bADD CONSTRAINT\b/i.exec(sql) ?? [];
  const isFine = table === undefined || own.has(table) || /\bNOT VALID\b|\bUSING INDEX\b/i.test(sql);
  return isFine ? [] : [`reads all of ${table} for a constraint`];
}

/** One that was broken off leaves an index that is not valid, and the next try has to begin anew. */
function concurrencyMistakes(migration: Migration, statements: readonly string[]): string[] {
  const made = statements.flatMap((sql) => /\bCREATE (?:UNIQUE )?INDEX CONCURRENTLY (\w+)/i.exec(sql)?.[1] ?? []);
  if (made.length === 0) return [];
  return [
    ...(migration.transaction === false ? [] : ['makes an index concurrently within a transaction']),
    ...(/\bSET lock_timeout = 0\b/.test(statements[0] ?? '')
      ? []
      : ['lets an index give up half-made: SET lock_timeout = 0']),
    ...made
      .filter((name) => !statements.some((sql) => sql.includes(`DROP INDEX CONCURRENTLY IF EXISTS ${name}`)))
      .map((name) => `does not clear away a ${name} that was broken off`),
  ];
}

const migrationOf = (statements: readonly string[], more: Partial<Migration> = {}): Migration => ({
  up: async (runner) => {
    for (const sql of statements) await runner.query(sql);
  },
  down: () => Promise.resolve(),
  ...more,
});

describe('migrations', () => {
  const timeOf = (name: string): number => Number(/\d+$/.exec(name)?.[0]);

  it('of a release and later leave to relays of the version before what these use (R-17)', async () => {
    for (const Migration of RELAY_SCHEMA.migrations.filter(({ name }) => timeOf(name) > LAST_OF_FIRST_RELEASE)) {
      const migration: Migration = new Migration() as Migration;
      expect([Migration.name, await mistakesIn(migration)]).toEqual([Migration.name, []]);
    }
  });

  it('come in the order of their times, each once', () => {
    const times = RELAY_SCHEMA.migrations.map(({ name }) => timeOf(name));
    expect(times).toEqual([...new Set(times)].sort((a, b) => a - b));
  });
});

describe('the check', () => {
  it.each([
    ['ALTER TABLE accounts DROP COLUMN privacy', 'takes something away'],
    ['DROP FUNCTION append_entries', 'takes something away'],
    ['ALTER TABLE accounts RENAME COLUMN privacy TO openness', 'renames something'],
    ['ALTER TABLE accounts ALTER COLUMN username TYPE varchar(32)', 'changes a type'],
    ['ALTER TABLE accounts ALTER COLUMN kdf SET NOT NULL', 'demands what the version before does not write'],
    ['ALTER TABLE accounts ADD COLUMN note text NOT NULL', 'demands what the version before does not write'],
    ['ALTER TABLE accounts ADD COLUMN note uuid DEFAULT gen_random_uuid()', 'rewrites a table'],
    ["UPDATE accounts SET privacy = 'contacts'", 'changes all rows in one transaction'],
    ['CREATE INDEX notes_idx ON entries (kind)', 'keeps entries from being written while an index is made'],
    ['ALTER TABLE entries ADD CONSTRAINT positive CHECK (seq > 0)', 'reads all of entries for a constraint'],
  ])('finds %s', async (sql, mistake) => {
    expect(await mistakesIn(migrationOf([sql]))).toEqual([mistake]);
  });

  it('finds an index that is made concurrently, and cannot be made again', async () => {
    const sql = 'CREATE INDEX CONCURRENTLY notes_idx ON entries (kind)';
    expect(await mistakesIn(migrationOf([sql]))).toEqual([
      'makes an index concurrently within a transaction',
      'lets an index give up half-made: SET lock_timeout = 0',
      'does not clear away a notes_idx that was broken off',
    ]);
  });

  it('lets pass what only adds, and what says why it takes away', async () => {
    const adding = [
      'SET lock_timeout = 0',
      'CREATE TABLE notes (id uuid NOT NULL, account_id uuid NOT NULL)',
      'CREATE INDEX notes_idx ON notes (account_id)',
      'ALTER TABLE notes ADD CONSTRAINT notes_check CHECK (id IS NOT NULL)',
      'ALTER TABLE accounts ADD COLUMN note text, ADD COLUMN noted boolean NOT NULL DEFAULT false',
      'ALTER TABLE entries ADD CONSTRAINT positive CHECK (seq > 0) NOT VALID',
      'DROP INDEX CONCURRENTLY IF EXISTS kinds_idx',
      'CREATE INDEX CONCURRENTLY kinds_idx ON entries (kind)',
      'CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $function$ BEGIN UPDATE a SET b = 1; DROP TABLE c; END $function$',
    ];
    expect(await mistakesIn(migrationOf(adding, { transaction: false }))).toEqual([]);
    const contracts = 'accounts.privacy: 0.3 and later do not read it';
    expect(await mistakesIn(migrationOf(['ALTER TABLE accounts DROP COLUMN privacy'], { contracts }))).toEqual([]);
  });
});
