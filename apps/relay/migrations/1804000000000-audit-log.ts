import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit log: records that nobody changes, each with the hash of the one before, and signed checkpoints of them. */
export class AuditLog1804000000000 implements MigrationInterface {
  readonly name = 'AuditLog1804000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, APPEND, ...SHUT]) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit_checkpoints, audit_events');
    await runner.query('DROP FUNCTION append_audit_event, refuse_change_of_audit');
  }
}

const TABLES = [
  // What is hashed has a line for each field, so no text may hold a line break; times are hashed in milliseconds.
  `CREATE TABLE audit_events (
    seq bigint NOT NULL,
    at timestamptz(3) NOT NULL,
    kind text NOT NULL,
    actor text NOT NULL,
    account_id uuid,
    device_id uuid,
    session_id uuid,
    subject_id uuid,
    count bigint,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_events_pkey PRIMARY KEY (seq),
    CONSTRAINT audit_events_are_words CHECK (kind ~ '^[a-z_]{1,40}$' AND actor ~ '^[a-z_]{1,40}$')
  )`,
  `CREATE INDEX audit_events_account_idx ON audit_events (account_id, seq)`,
  `CREATE TABLE audit_checkpoints (
    number integer NOT NULL,
    day date NOT NULL,
    seq bigint NOT NULL,
    hash bytea NOT NULL,
    at timestamptz(3) NOT NULL,
    public_key bytea NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT audit_checkpoints_pkey PRIMARY KEY (number),
    CONSTRAINT audit_checkpoints_day_key UNIQUE (day)
  )`,
];

/**
 * Appends a record to the chain. It runs with the rights of its owner, so that whoever calls it needs none to write the
 * table: a record can come from here only, with the next number, and the hash that follows.
 *
 * One at a time: the lock is held until the transaction ends, by which the record is there or is not, and the next one
 * knows which. Whatever calls this does so last, and waits for nothing afterwards. The lock is of the pair kind, whose keys
 * no other lock of ours has.
 */
const APPEND = `
CREATE FUNCTION append_audit_event(
  at_in timestamptz, kind_in text, actor_in text, account_in uuid, device_in uuid, session_in uuid, subject_in uuid, count_in bigint
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $function$
DECLARE
  at_ms CONSTANT bigint := floor(extract(epoch FROM at_in) * 1000);
  head record;
  n bigint;
  previous bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(7325641, 1);
  -- A statement of its own: it sees what was committed before the lock was granted.
  SELECT e.seq, e.hash INTO head FROM audit_events e ORDER BY e.seq DESC LIMIT 1;
  n := coalesce(head.seq, 0) + 1;
  previous := coalesce(head.hash, decode(repeat('00', 32), 'hex'));
  INSERT INTO audit_events (seq, at, kind, actor, account_id, device_id, session_id, subject_id, count, previous_hash, hash)
  VALUES (
    n, to_timestamp(at_ms / 1000.0), kind_in, actor_in, account_in, device_in, session_in, subject_in, count_in, previous,
    -- concat_ws leaves out what is NULL.
    sha256(convert_to(concat_ws(E'\\n',
      'sealpost audit record 1', 'seq:' || n, 'at:' || at_ms, 'kind:' || kind_in, 'actor:' || actor_in,
      'account:' || account_in, 'device:' || device_in, 'session:' || session_in, 'subject:' || subject_in,
      'count:' || count_in, 'previous:' || encode(previous, 'hex')
    ), 'UTF8'))
  );
  RETURN n;
END $function$`;

/** Against mistakes, and where one role both owns and runs everything: to change a record takes a change of the schema. */
const SHUT = [
  `CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $function$
   BEGIN
     RAISE EXCEPTION 'the audit log is only ever added to' USING ERRCODE = 'insufficient_privilege';
   END $function$`,
  ...['audit_events', 'audit_checkpoints'].map(
    (table) => `CREATE TRIGGER ${table}_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
                FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit()`,
  ),
];
