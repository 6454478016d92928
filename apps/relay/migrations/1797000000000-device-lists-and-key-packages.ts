import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What binds devices to their account, and lets others bring them into MLS groups. */
export class DeviceListsAndKeyPackages1797000000000 implements MigrationInterface {
  readonly name = 'DeviceListsAndKeyPackages1797000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...DEVICE_LISTS, ...KEY_PACKAGES]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE spent_key_packages, key_packages, device_lists');
  }
}

const DEVICE_LISTS = [
  `CREATE TABLE device_lists (
    account_id uuid NOT NULL,
    version integer NOT NULL,
    key_version integer NOT NULL,
    body bytea NOT NULL,
    signature bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT device_lists_pkey PRIMARY KEY (account_id, version)
  )`,
];

const KEY_PACKAGES = [
  `CREATE TABLE key_packages (
    ref bytea NOT NULL,
    account_id uuid NOT NULL,
    device_id uuid NOT NULL,
    suite integer NOT NULL,
    body bytea NOT NULL,
    not_after timestamptz NOT NULL,
    last_resort boolean NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT key_packages_pkey PRIMARY KEY (ref)
  )`,
  // Public keys do not compress.
  `ALTER TABLE key_packages ALTER COLUMN body SET STORAGE EXTERNAL`,
  `CREATE INDEX key_packages_stock_idx ON key_packages (device_id, suite, not_after)`,
  `CREATE INDEX key_packages_account_idx ON key_packages (account_id)`,
  `CREATE UNIQUE INDEX key_packages_last_resort_idx ON key_packages (device_id, suite) WHERE last_resort`,
  `CREATE INDEX key_packages_expiry_idx ON key_packages (not_after)`,
  `CREATE TABLE spent_key_packages (
    ref bytea NOT NULL,
    not_after timestamptz NOT NULL,
    CONSTRAINT spent_key_packages_pkey PRIMARY KEY (ref)
  )`,
  `CREATE INDEX spent_key_packages_expiry_idx ON spent_key_packages (not_after)`,
];
