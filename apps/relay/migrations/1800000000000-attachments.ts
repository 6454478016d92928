import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attachments. Their bytes are not in the database. */
export class Attachments1800000000000 implements MigrationInterface {
  readonly name = 'Attachments1800000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE TABLE attachments (
        id uuid NOT NULL,
        conversation_id uuid NOT NULL,
        uploader_id uuid NOT NULL,
        state text NOT NULL,
        length bigint NOT NULL,
        received bigint NOT NULL DEFAULT 0,
        multipart_id text,
        writer uuid,
        expires_in_seconds integer,
        created_at timestamptz NOT NULL,
        expires_at timestamptz,
        CONSTRAINT attachments_pkey PRIMARY KEY (id),
        CONSTRAINT attachments_received_check CHECK (received BETWEEN 0 AND length)
      )`,
    );
    await runner.query(`CREATE INDEX attachments_uploader_idx ON attachments (uploader_id, created_at)`);
    await runner.query(
      `CREATE INDEX attachments_expiry_idx ON attachments (expires_at) WHERE state IN ('open', 'stored')`,
    );
    await runner.query(
      `CREATE INDEX attachments_leftover_idx ON attachments (created_at) WHERE state IN ('removed', 'erased')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE attachments');
  }
}
