import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How devices that are not connected are woken. */
export class PushRegistrations1808000000000 implements MigrationInterface {
  readonly name = 'PushRegistrations1808000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [TABLE, INDEX, FORGET, TRIGGER]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER sessions_forget_push ON sessions');
    await runner.query('DROP FUNCTION forget_push_of_session');
    await runner.query('DROP TABLE push_registrations');
  }
}

const TABLE = `
CREATE TABLE push_registrations (
  device_id uuid NOT NULL,
  account_id uuid NOT NULL,
  session_id uuid NOT NULL,
  kind text NOT NULL,
  address text NOT NULL,
  p256dh bytea,
  auth bytea,
  topic text,
  muted_until timestamptz,
  registered_at timestamptz NOT NULL,
  CONSTRAINT push_registrations_pkey PRIMARY KEY (device_id)
)`;

const INDEX = `CREATE INDEX push_registrations_account_idx ON push_registrations (account_id)`;

/**
 * Sessions end in many ways: signed out, revoked, with the device, the password, the account, or for a token that was used
 * twice. With each the address goes in the same transaction, also under a relay that knows nothing of this table.
 */
const FORGET = `
CREATE FUNCTION forget_push_of_session() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
  DELETE FROM push_registrations WHERE device_id = NEW.device_id AND session_id = NEW.id;
  RETURN NULL;
END $function$`;

const TRIGGER = `
CREATE TRIGGER sessions_forget_push AFTER UPDATE OF revoked_at ON sessions
FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION forget_push_of_session()`;
