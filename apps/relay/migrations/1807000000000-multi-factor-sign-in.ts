import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Second factors, what stands in for a lost one, what is being asked for, and the devices that are not asked. */
export class MultiFactorSignIn1807000000000 implements MigrationInterface {
  readonly name = 'MultiFactorSignIn1807000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sessions DROP COLUMN factor_at');
    await runner.query('DROP TABLE trusted_devices, mfa_challenges, mfa_recovery_codes, mfa_factors');
  }
}

const STATEMENTS = [
  `CREATE TABLE mfa_factors (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    last_used_day date,
    secret_sealed bytea,
    last_step bigint,
    credential_id bytea,
    public_key bytea,
    sign_count bigint,
    CONSTRAINT mfa_factors_pkey PRIMARY KEY (id),
    CONSTRAINT mfa_factors_credential_key UNIQUE (credential_id),
    CONSTRAINT mfa_factors_are_whole CHECK (
      CASE kind
        WHEN 'totp' THEN secret_sealed IS NOT NULL AND credential_id IS NULL
        WHEN 'passkey' THEN credential_id IS NOT NULL AND public_key IS NOT NULL AND sign_count IS NOT NULL
        ELSE false
      END
    )
  )`,
  `CREATE INDEX mfa_factors_account_idx ON mfa_factors (account_id)`,
  `CREATE TABLE mfa_recovery_codes (
    account_id uuid NOT NULL,
    slot smallint NOT NULL,
    hash text NOT NULL,
    CONSTRAINT mfa_recovery_codes_pkey PRIMARY KEY (account_id, slot)
  )`,
  `CREATE TABLE mfa_challenges (
    sha256 bytea NOT NULL,
    account_id uuid,
    secret_sha256 bytea,
    attempts smallint NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT mfa_challenges_pkey PRIMARY KEY (sha256)
  )`,
  `CREATE INDEX mfa_challenges_expiry_idx ON mfa_challenges (expires_at)`,
  `CREATE TABLE trusted_devices (
    device_id uuid NOT NULL,
    account_id uuid NOT NULL,
    token_sha256 bytea NOT NULL,
    trusted_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    CONSTRAINT trusted_devices_pkey PRIMARY KEY (device_id)
  )`,
  `CREATE INDEX trusted_devices_account_idx ON trusted_devices (account_id)`,
  `CREATE INDEX trusted_devices_expiry_idx ON trusted_devices (expires_at)`,
  `ALTER TABLE sessions ADD COLUMN factor_at timestamptz`,
];
