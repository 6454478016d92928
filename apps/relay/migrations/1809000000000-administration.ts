import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Admins of the relay, accounts that are suspended, and second factors that are to be reset once another admin agrees. */
export class Administration1809000000000 implements MigrationInterface {
  readonly name = 'Administration1809000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [COLUMNS, BY_NAME, RESETS]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE mfa_resets');
    await runner.query('DROP INDEX accounts_by_name_idx');
    await runner.query(
      `ALTER TABLE accounts DROP COLUMN admin_since, DROP COLUMN suspended_at, DROP COLUMN suspended_by,
         DROP COLUMN suspension_reason`,
    );
  }
}

const COLUMNS = `
ALTER TABLE accounts ADD COLUMN admin_since timestamptz, ADD COLUMN suspended_at timestamptz,
  ADD COLUMN suspended_by uuid, ADD COLUMN suspension_reason text`;

/** Names in the order of their bytes, whichever order the database has: beginnings are found by it, page by page. */
const BY_NAME = `CREATE INDEX accounts_by_name_idx ON accounts (username COLLATE "C")`;

const RESETS = `
CREATE TABLE mfa_resets (
  id uuid NOT NULL,
  account_id uuid NOT NULL,
  asked_by uuid NOT NULL,
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT mfa_resets_pkey PRIMARY KEY (id),
  CONSTRAINT mfa_resets_account_key UNIQUE (account_id)
)`;
