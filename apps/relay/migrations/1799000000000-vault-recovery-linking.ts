import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The vault, recovery keys, and the slots in which a new device is linked. */
export class VaultRecoveryLinking1799000000000 implements MigrationInterface {
  readonly name = 'VaultRecoveryLinking1799000000000';

  async up(runner: QueryRunner): Promise<void> {
    // Names are listed in the order of their bytes, whatever the database's language.
    await runner.query(
      `CREATE TABLE vault_items (
        account_id uuid NOT NULL,
        name text COLLATE "C" NOT NULL,
        version bigint NOT NULL,
        body bytea,
        updated_at timestamptz NOT NULL,
        CONSTRAINT vault_items_pkey PRIMARY KEY (account_id, name)
      )`,
    );
    // Ciphertext does not compress.
    await runner.query(`ALTER TABLE vault_items ALTER COLUMN body SET STORAGE EXTERNAL`);
    await runner.query(`ALTER TABLE accounts ADD COLUMN recovery_sha256 bytea`);
    await runner.query(
      `CREATE TABLE linking_slots (
        id bytea NOT NULL,
        read_sha256 bytea NOT NULL,
        offer bytea NOT NULL,
        device_id uuid,
        answer bytea,
        provisioning bytea,
        expires_at timestamptz NOT NULL,
        CONSTRAINT linking_slots_pkey PRIMARY KEY (id)
      )`,
    );
    await runner.query(`CREATE INDEX linking_slots_expiry_idx ON linking_slots (expires_at)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE linking_slots, vault_items');
    await runner.query('ALTER TABLE accounts DROP COLUMN recovery_sha256');
  }
}
