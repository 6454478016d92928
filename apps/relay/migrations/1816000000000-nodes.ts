import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What several relays on one database share. */
export class Nodes1816000000000 implements MigrationInterface {
  readonly name = 'Nodes1816000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE relay ADD COLUMN bus_lost_at timestamptz');
    await runner.query(LIMIT_BUCKETS);
    await runner.query('CREATE INDEX limit_buckets_forget_idx ON limit_buckets (forget_at_ms)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE limit_buckets');
    await runner.query('ALTER TABLE relay DROP COLUMN bus_lost_at');
  }
}

/** Unlogged: it is written often, and is of no use after a crash or in a backup. */
const LIMIT_BUCKETS = `
CREATE UNLOGGED TABLE limit_buckets (
  key bytea NOT NULL,
  full_at_ms double precision NOT NULL,
  forget_at_ms double precision NOT NULL,
  CONSTRAINT limit_buckets_pkey PRIMARY KEY (key)
)`;
