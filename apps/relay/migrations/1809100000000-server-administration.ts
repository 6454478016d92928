import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What administrators set while the relay runs. */
export class ServerAdministration1809100000000 implements MigrationInterface {
  readonly name = 'ServerAdministration1809100000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [SETTINGS, THE_SETTINGS, INVITATIONS, ANNOUNCEMENTS, ALLOWANCES, IN_FORCE])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`DROP TABLE ${table}`);
  }
}

const TABLES = ['account_allowances', 'announcements', 'registration_invitations', 'server_settings'];

/** One row, so that whoever depends on a setting can hold it. Null is what the environment says. */
const SETTINGS = `
CREATE TABLE server_settings (
  id smallint NOT NULL,
  registration text,
  retention_max_days integer,
  CONSTRAINT server_settings_pkey PRIMARY KEY (id),
  CONSTRAINT server_settings_are_one CHECK (id = 1)
)`;

const THE_SETTINGS = `INSERT INTO server_settings (id) VALUES (1)`;

const INVITATIONS = `
CREATE TABLE registration_invitations (
  id uuid NOT NULL,
  code_sha256 bytea NOT NULL,
  note text NOT NULL,
  uses integer NOT NULL,
  uses_left integer NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT registration_invitations_pkey PRIMARY KEY (id),
  CONSTRAINT registration_invitations_code_key UNIQUE (code_sha256),
  CONSTRAINT registration_invitations_uses_left CHECK (uses_left >= 0)
)`;

const ANNOUNCEMENTS = `
CREATE TABLE announcements (
  id uuid NOT NULL,
  severity text NOT NULL,
  text text NOT NULL,
  text_en text,
  text_de text,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  CONSTRAINT announcements_pkey PRIMARY KEY (id)
)`;

/** Null is what all accounts have. */
const ALLOWANCES = `
CREATE TABLE account_allowances (
  account_id uuid NOT NULL,
  attachment_bytes bigint,
  attachment_bytes_per_day bigint,
  limit_percent integer,
  limit_until timestamptz,
  CONSTRAINT account_allowances_pkey PRIMARY KEY (account_id)
)`;

/** Each relay reads those every few seconds. */
const IN_FORCE = `
CREATE INDEX account_allowances_limits_idx ON account_allowances (limit_until) WHERE limit_until IS NOT NULL`;
