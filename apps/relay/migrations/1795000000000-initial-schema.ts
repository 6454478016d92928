import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, keys, devices, sessions, conversations and their logs. */
export class InitialSchema1795000000000 implements MigrationInterface {
  readonly name = 'InitialSchema1795000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...ACCOUNTS, ...CONVERSATIONS, ...LOGS, APPEND, NOTE_CHANGES])
      await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION append_entries, note_changes');
    await runner.query(
      `DROP TABLE relay, account_changes, cursors, receipts, gaps, entries, contacts, members, conversations,
       refresh_tokens, sessions, identity_keys, devices, accounts`,
    );
  }
}

const ACCOUNTS = [
  `CREATE TABLE accounts (
    id uuid NOT NULL,
    username text NOT NULL,
    display_name text NOT NULL,
    auth_hash text,
    kdf jsonb,
    privacy text NOT NULL DEFAULT 'everyone',
    status text NOT NULL DEFAULT 'active',
    revision bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT accounts_pkey PRIMARY KEY (id),
    CONSTRAINT accounts_username_key UNIQUE (username)
  ) WITH (fillfactor = 80)`,
  `CREATE TABLE devices (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    last_seen_day date NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT devices_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX devices_account_idx ON devices (account_id)`,
  `CREATE TABLE identity_keys (
    account_id uuid NOT NULL,
    version integer NOT NULL,
    algorithm text NOT NULL,
    public_key bytea NOT NULL,
    fingerprint bytea NOT NULL,
    prev_hash bytea NOT NULL,
    signature bytea,
    created_at timestamptz NOT NULL,
    CONSTRAINT identity_keys_pkey PRIMARY KEY (account_id, version)
  )`,
  `CREATE TABLE sessions (
    id uuid NOT NULL,
    account_id uuid NOT NULL,
    device_id uuid NOT NULL,
    transport text NOT NULL,
    created_at timestamptz NOT NULL,
    last_used_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz,
    CONSTRAINT sessions_pkey PRIMARY KEY (id)
  )`,
  `CREATE INDEX sessions_account_idx ON sessions (account_id)`,
  `CREATE INDEX sessions_revoked_idx ON sessions (revoked_at) WHERE revoked_at IS NOT NULL`,
  `CREATE TABLE refresh_tokens (
    sha256 bytea NOT NULL,
    session_id uuid NOT NULL,
    issued_at timestamptz NOT NULL,
    used_at timestamptz,
    successor_sealed bytea,
    CONSTRAINT refresh_tokens_pkey PRIMARY KEY (sha256)
  )`,
  `CREATE INDEX refresh_tokens_session_idx ON refresh_tokens (session_id)`,
  `CREATE TABLE contacts (
    account_id uuid NOT NULL,
    peer_id uuid NOT NULL,
    state text NOT NULL,
    changed_at timestamptz NOT NULL,
    CONSTRAINT contacts_pkey PRIMARY KEY (account_id, peer_id)
  )`,
  `CREATE INDEX contacts_peer_idx ON contacts (peer_id)`,
  `CREATE TABLE account_changes (
    account_id uuid NOT NULL,
    what text NOT NULL,
    subject uuid NOT NULL,
    revision bigint NOT NULL,
    CONSTRAINT account_changes_pkey PRIMARY KEY (account_id, what, subject)
  )`,
  `CREATE UNIQUE INDEX account_changes_revision_idx ON account_changes (account_id, revision)`,
  `CREATE TABLE relay (
    id smallint NOT NULL,
    incarnation uuid NOT NULL,
    CONSTRAINT relay_pkey PRIMARY KEY (id),
    CONSTRAINT relay_is_one CHECK (id = 1)
  )`,
  `INSERT INTO relay (id, incarnation) VALUES (1, gen_random_uuid())`,
];

const CONVERSATIONS = [
  // Updated with every append: room on the page keeps those updates in place (HOT).
  `CREATE TABLE conversations (
    id uuid NOT NULL,
    kind text NOT NULL,
    protocol text NOT NULL,
    last_seq bigint NOT NULL DEFAULT 0,
    roster_seq bigint NOT NULL DEFAULT 0,
    metadata_seq bigint,
    created_at timestamptz NOT NULL,
    CONSTRAINT conversations_pkey PRIMARY KEY (id)
  ) WITH (fillfactor = 50)`,
  `CREATE TABLE members (
    conversation_id uuid NOT NULL,
    account_id uuid NOT NULL,
    joined_seq bigint NOT NULL,
    left_seq bigint,
    state text NOT NULL,
    role text NOT NULL,
    CONSTRAINT members_pkey PRIMARY KEY (conversation_id, account_id, joined_seq)
  )`,
  `CREATE UNIQUE INDEX members_open_idx ON members (conversation_id, account_id) WHERE left_seq IS NULL`,
  `CREATE INDEX members_account_idx ON members (account_id, conversation_id)`,
];

const LOGS = [
  `CREATE TABLE entries (
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    id uuid NOT NULL,
    kind smallint NOT NULL,
    sender_account uuid,
    sender_device uuid,
    body bytea,
    created_at timestamptz NOT NULL,
    expires_at timestamptz,
    CONSTRAINT entries_pkey PRIMARY KEY (conversation_id, seq),
    CONSTRAINT entries_id_key UNIQUE (id, conversation_id)
  )`,
  // Ciphertext does not compress: trying costs CPU on every append.
  `ALTER TABLE entries ALTER COLUMN body SET STORAGE EXTERNAL`,
  `CREATE INDEX entries_expiry_idx ON entries (expires_at) WHERE expires_at IS NOT NULL`,
  `CREATE TABLE gaps (
    conversation_id uuid NOT NULL,
    from_seq bigint NOT NULL,
    to_seq bigint NOT NULL,
    reason text NOT NULL,
    CONSTRAINT gaps_pkey PRIMARY KEY (conversation_id, from_seq)
  )`,
  `CREATE TABLE receipts (
    conversation_id uuid NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    up_to_seq bigint NOT NULL,
    at timestamptz NOT NULL,
    CONSTRAINT receipts_pkey PRIMARY KEY (conversation_id, account_id, kind, up_to_seq)
  )`,
  `CREATE TABLE cursors (
    device_id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    CONSTRAINT cursors_pkey PRIMARY KEY (device_id, conversation_id)
  ) WITH (fillfactor = 70)`,
];

/**
 * Appends a batch of entries. Lock first, then look: in a VOLATILE function every statement has a snapshot of its own, so
 * the checks below see whatever was committed before the locks were granted. In one statement with the lock, a member
 * removed meanwhile would still be accepted.
 *
 * `wait = false` skips the conversations somebody else holds (code 3, to be tried again), so that one held conversation
 * delays no other. It is planned once for each connection: planning each small batch anew would take longer than running
 * it. That plan is made while tables may be empty, so it is kept from scanning them whole. Codes: 0 accepted, 1 duplicate of the same sender, 2 id used by another sender, 3 locked, 4 not a member
 * or session ended; a draft without a row is refused like 4. `locks_in` names each conversation once. `at_ms` is for duplicates only: the rest are stored at `at_in`. `roster` is the conversation's roster_seq, by which the caller knows whether its list of members holds.
 */
export const APPEND = `
CREATE FUNCTION append_entries(
  locks_in uuid[], conversations_in uuid[], ids_in uuid[], accounts_in uuid[], devices_in uuid[], sessions_in uuid[],
  bodies_in bytea[], lifetimes_in bigint[], at_in timestamptz, wait_in boolean
) RETURNS TABLE (n bigint, code smallint, seq bigint, at_ms bigint, roster bigint)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $function$
#variable_conflict use_column
DECLARE
  held uuid[];
  all_held boolean;
BEGIN
  IF wait_in THEN
    PERFORM set_config('lock_timeout', '1000', true);
    SELECT array_agg(l.id) INTO held FROM (
      SELECT c.id FROM conversations c WHERE c.id = ANY (locks_in) ORDER BY c.id FOR NO KEY UPDATE
    ) l;
  ELSE
    SELECT array_agg(l.id) INTO held FROM (
      SELECT c.id FROM conversations c WHERE c.id = ANY (locks_in) ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED
    ) l;
  END IF;
  -- Searching the array for each row would cost more than all else here; as a rule there is nothing to search for.
  all_held := coalesce(cardinality(held), 0) = cardinality(locks_in);
  RETURN QUERY
  WITH draft AS MATERIALIZED (
    SELECT * FROM unnest(conversations_in, ids_in, accounts_in, devices_in, sessions_in, bodies_in, lifetimes_in)
      WITH ORDINALITY AS t (conversation, id, account, device, session, body, lifetime_ms, n)
  ), known AS MATERIALIZED (
    SELECT d.n, d.conversation, d.account, e.seq, e.sender_account IS NOT DISTINCT FROM d.account AS mine, e.created_at
    -- By id first, and fenced: planned while the table is empty, a join on both columns may walk a conversation's whole log.
    FROM draft d CROSS JOIN LATERAL (SELECT * FROM entries x WHERE x.id = d.id OFFSET 0) e
    WHERE e.conversation_id = d.conversation AND (all_held OR d.conversation = ANY (held))
  ), fresh AS MATERIALIZED (
    -- The head comes from here, not from a join with what the UPDATE below returns: of that the planner expects one row,
    -- and compares each draft with each conversation.
    SELECT d.*, c.last_seq + row_number() OVER (PARTITION BY d.conversation ORDER BY d.n) AS seq, c.roster_seq
    FROM draft d
    JOIN conversations c ON c.id = d.conversation
    JOIN members m ON m.conversation_id = d.conversation AND m.account_id = d.account AND m.left_seq IS NULL AND m.state = 'joined'
    JOIN sessions s ON s.id = d.session AND s.revoked_at IS NULL AND s.device_id = d.device
    WHERE (all_held OR d.conversation = ANY (held)) AND NOT EXISTS (SELECT 1 FROM known WHERE known.n = d.n)
  ), bumped AS (
    UPDATE conversations c SET last_seq = f.head
    FROM (SELECT conversation, max(fresh.seq) AS head FROM fresh GROUP BY conversation) f
    WHERE c.id = f.conversation
  ), stored AS (
    INSERT INTO entries (conversation_id, seq, id, kind, sender_account, sender_device, body, created_at, expires_at)
    SELECT f.conversation, f.seq, f.id, 0, f.account, f.device, f.body, at_in,
           CASE WHEN f.lifetime_ms > 0 THEN at_in + f.lifetime_ms * interval '1 millisecond' END
    FROM fresh f
  )
  SELECT f.n, 0::smallint, f.seq, 0::bigint, f.roster_seq FROM fresh f
  UNION ALL
  -- Only a member may learn that somebody else has used an id.
  SELECT k.n, CASE WHEN k.mine THEN 1 WHEN EXISTS (
      SELECT FROM members m WHERE m.conversation_id = k.conversation AND m.account_id = k.account AND m.left_seq IS NULL AND m.state = 'joined'
    ) THEN 2 ELSE 4 END::smallint, k.seq, (extract(epoch FROM k.created_at) * 1000)::bigint, 0
  FROM known k
  UNION ALL
  SELECT d.n, 3::smallint, 0, 0, 0
  FROM draft d
  WHERE NOT all_held AND NOT d.conversation = ANY (coalesce(held, '{}')) AND NOT wait_in
    AND EXISTS (SELECT FROM conversations c WHERE c.id = d.conversation);
END $function$`;

/**
 * Notes for each account that something changed outside the logs, under the account's next revision. The row lock on the
 * account makes revisions commit in order; accounts are locked in id order, so that two transactions never wait in a circle.
 */
const NOTE_CHANGES = `
CREATE FUNCTION note_changes(accounts_in uuid[], what_in text, subject_in uuid)
RETURNS TABLE (account uuid, revision bigint)
LANGUAGE plpgsql VOLATILE AS $function$
#variable_conflict use_column
BEGIN
  PERFORM 1 FROM accounts a WHERE a.id = ANY (accounts_in) ORDER BY a.id FOR NO KEY UPDATE;
  RETURN QUERY
  WITH bumped AS (
    UPDATE accounts a SET revision = a.revision + 1 WHERE a.id = ANY (accounts_in) RETURNING a.id, a.revision
  ), noted AS (
    INSERT INTO account_changes AS c (account_id, what, subject, revision)
    SELECT b.id, what_in, subject_in, b.revision FROM bumped b
    ON CONFLICT (account_id, what, subject) DO UPDATE SET revision = excluded.revision
  )
  SELECT b.id, b.revision FROM bumped b;
END $function$`;
