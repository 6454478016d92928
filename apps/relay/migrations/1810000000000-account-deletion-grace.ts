import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When an account is deleted whose owner has asked for that, and may think again until then. */
export class AccountDeletionGrace1810000000000 implements MigrationInterface {
  readonly name = 'AccountDeletionGrace1810000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE accounts ADD COLUMN deletion_due_at timestamptz');
    await runner.query(INDEX);
    await runner.query('ALTER TABLE mfa_challenges ADD COLUMN answer_sha256 bytea');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE mfa_challenges DROP COLUMN answer_sha256');
    await runner.query('DROP INDEX accounts_deletion_idx');
    await runner.query('ALTER TABLE accounts DROP COLUMN deletion_due_at');
  }
}

/** Few accounts are in it, so that nobody looks through all of them for what is due. */
const INDEX = `
CREATE INDEX accounts_deletion_idx ON accounts (deletion_due_at, id) WHERE deletion_due_at IS NOT NULL`;
