import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reports of abuse, with the messages that whoever reports has opened for them. */
export class Reports1811000000000 implements MigrationInterface {
  readonly name = 'Reports1811000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [REPORTS, ...INDEXES, MESSAGES, FORGET, TRIGGER]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER accounts_forget_reports ON accounts');
    await runner.query('DROP FUNCTION forget_reports_of_account');
    await runner.query('DROP TABLE report_messages, reports');
  }
}

const REPORTS = `
CREATE TABLE reports (
  id uuid NOT NULL,
  reporter_id uuid NOT NULL,
  reported_id uuid NOT NULL,
  conversation_id uuid,
  reason text NOT NULL,
  words text,
  filed_at timestamptz NOT NULL,
  resolved_at timestamptz,
  CONSTRAINT reports_pkey PRIMARY KEY (id)
)`;

const INDEXES = [
  `CREATE INDEX reports_reporter_idx ON reports (reporter_id, filed_at, id)`,
  `CREATE INDEX reports_filed_idx ON reports (filed_at, id)`,
];

const MESSAGES = `
CREATE TABLE report_messages (
  report_id uuid NOT NULL,
  place smallint NOT NULL,
  message_id uuid NOT NULL,
  sent_at timestamptz,
  verdict text NOT NULL,
  content bytea NOT NULL,
  CONSTRAINT report_messages_pkey PRIMARY KEY (report_id, place),
  CONSTRAINT report_messages_report_fkey FOREIGN KEY (report_id) REFERENCES reports (id) ON DELETE CASCADE
)`;

/** Who deletes their account takes what they reported with them. What others reported of them stays its time, or deleting would be a way out. */
const FORGET = `
CREATE FUNCTION forget_reports_of_account() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
  DELETE FROM reports WHERE reporter_id = NEW.id;
  RETURN NULL;
END $function$`;

const TRIGGER = `
CREATE TRIGGER accounts_forget_reports AFTER UPDATE OF status ON accounts
FOR EACH ROW WHEN (NEW.status = 'deleted') EXECUTE FUNCTION forget_reports_of_account()`;
