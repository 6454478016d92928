import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPEND_BY_PLACES } from './1796000000000-append-by-places.js';

/** Conversations that are MLS groups: their epoch, their leaves, what lets devices in, and what an append checks of it. */
export class MlsGroups1798000000000 implements MigrationInterface {
  readonly name = 'MlsGroups1798000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
    await runner.query('DROP FUNCTION append_entries');
    await runner.query(APPEND_TO_GROUPS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION append_entries');
    await runner.query(APPEND_BY_PLACES);
    await runner.query('DROP TABLE welcome_recipients, welcomes, group_infos, mls_leaves');
    await runner.query(
      'ALTER TABLE conversations DROP COLUMN mls_generation, DROP COLUMN epoch, DROP COLUMN min_epoch, DROP COLUMN removal_pending',
    );
  }
}

const TABLES = [
  `ALTER TABLE conversations
    ADD COLUMN mls_generation integer NOT NULL DEFAULT 0,
    ADD COLUMN epoch bigint NOT NULL DEFAULT 0,
    ADD COLUMN min_epoch bigint NOT NULL DEFAULT 0,
    ADD COLUMN removal_pending boolean NOT NULL DEFAULT false`,
  `CREATE TABLE mls_leaves (
    conversation_id uuid NOT NULL,
    leaf integer NOT NULL,
    account_id uuid NOT NULL,
    device_id uuid NOT NULL,
    CONSTRAINT mls_leaves_pkey PRIMARY KEY (conversation_id, leaf)
  )`,
  `CREATE UNIQUE INDEX mls_leaves_device_idx ON mls_leaves (device_id, conversation_id)`,
  `CREATE TABLE group_infos (
    conversation_id uuid NOT NULL,
    generation integer NOT NULL,
    epoch bigint NOT NULL,
    body bytea NOT NULL,
    CONSTRAINT group_infos_pkey PRIMARY KEY (conversation_id)
  )`,
  `CREATE TABLE welcomes (
    id uuid NOT NULL,
    conversation_id uuid NOT NULL,
    seq bigint NOT NULL,
    generation integer NOT NULL,
    epoch bigint NOT NULL,
    body bytea NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT welcomes_pkey PRIMARY KEY (id)
  )`,
  `CREATE TABLE welcome_recipients (
    device_id uuid NOT NULL,
    welcome_id uuid NOT NULL,
    account_id uuid NOT NULL,
    CONSTRAINT welcome_recipients_pkey PRIMARY KEY (device_id, welcome_id)
  )`,
  `CREATE INDEX welcome_recipients_welcome_idx ON welcome_recipients (welcome_id)`,
  ...['group_infos', 'welcomes'].map((table) => `ALTER TABLE ${table} ALTER COLUMN body SET STORAGE EXTERNAL`),
];

/**
 * Appends a batch of entries, as before (see `AppendByPlaces1796000000000`), and judges what goes to an MLS group: the
 * generation and epoch of its frame stand in `generations_in` and `epochs_in`, NULL where there is none; both arrays are
 * empty when no draft has one. Further codes: 5 another epoch than the group's, 6 a leaf has to be removed first, 7 the device
 * is not in the group, 8 not an MLS message of this conversation. With these, `seq` is the group's epoch and `at_ms` its
 * generation.
 */
export const APPEND_TO_GROUPS = `
CREATE FUNCTION append_entries(
  conversations_in uuid[], places_in bigint[], ids_in uuid[], accounts_in uuid[], devices_in uuid[], sessions_in uuid[],
  bodies_in bytea[], lifetimes_in bigint[], generations_in bigint[], epochs_in bigint[], at_in timestamptz,
  wait_in boolean
) RETURNS TABLE (n bigint, code smallint, seq bigint, at_ms bigint, roster bigint)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $function$
#variable_conflict use_column
DECLARE
  held uuid[];
  heads bigint[];
  rosters bigint[];
  any_mls boolean;
  codes smallint[];
  seqs bigint[];
  place bigint;
BEGIN
  IF wait_in THEN
    PERFORM set_config('lock_timeout', '1000', true);
    SELECT array_agg(l.id), array_agg(l.last_seq), array_agg(l.roster_seq), bool_or(l.protocol = 'mls')
    INTO held, heads, rosters, any_mls FROM (
      SELECT * FROM conversations c WHERE c.id = ANY (conversations_in) ORDER BY c.id FOR NO KEY UPDATE
    ) l;
  ELSE
    SELECT array_agg(l.id), array_agg(l.last_seq), array_agg(l.roster_seq), bool_or(l.protocol = 'mls')
    INTO held, heads, rosters, any_mls FROM (
      SELECT * FROM conversations c WHERE c.id = ANY (conversations_in) ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED
    ) l;
  END IF;
  -- As a rule all are held, in the order given. Else they are brought to their places, with NULL for those that are not.
  IF held IS DISTINCT FROM conversations_in THEN
    SELECT array_agg(h.id ORDER BY c.place), array_agg(h.head ORDER BY c.place), array_agg(h.roster ORDER BY c.place)
    INTO held, heads, rosters
    FROM unnest(conversations_in) WITH ORDINALITY AS c (id, place)
    LEFT JOIN unnest(held, heads, rosters) AS h (id, head, roster) ON h.id = c.id;
  END IF;

  SELECT array_agg(CASE
    WHEN held[d.place] IS NULL THEN CASE WHEN wait_in THEN 4 ELSE 3 END
    WHEN (
      SELECT true FROM (SELECT * FROM entries e WHERE e.id = d.id OFFSET 0) k WHERE k.conversation_id = held[d.place]
    ) THEN 1
    WHEN (
      SELECT m.state FROM members m
      WHERE m.conversation_id = held[d.place] AND m.account_id = d.account AND m.left_seq IS NULL
    ) = 'joined' AND (
      SELECT s.device_id FROM sessions s WHERE s.id = d.session AND s.revoked_at IS NULL
    ) = d.device THEN 0
    ELSE 4
  END::smallint) INTO codes
  FROM unnest(places_in, ids_in, accounts_in, devices_in, sessions_in) AS d (place, id, account, device, session);

  -- Of an MLS group, only a device in it sends, in an epoch that its members still read, and not while a leaf has to go.
  IF any_mls THEN
    SELECT array_agg(CASE
      WHEN d.code <> 0 OR c.protocol <> 'mls' THEN d.code
      WHEN (
        SELECT l.leaf FROM mls_leaves l WHERE l.conversation_id = c.id AND l.device_id = d.device
      ) IS NULL THEN 7
      WHEN d.generation IS NULL THEN 8
      WHEN d.generation <> c.mls_generation OR d.epoch > c.epoch OR d.epoch < greatest(c.min_epoch, c.epoch - 2) THEN 5
      WHEN c.removal_pending THEN 6
      ELSE 0
    END::smallint ORDER BY d.n) INTO codes
    FROM unnest(codes, places_in, devices_in, generations_in, epochs_in)
      WITH ORDINALITY AS d (code, place, device, generation, epoch, n)
    LEFT JOIN LATERAL (SELECT * FROM conversations x WHERE x.id = held[d.place]) c ON true;
  END IF;

  seqs := places_in;
  FOR i IN 1 .. cardinality(codes) LOOP
    CONTINUE WHEN codes[i] <> 0;
    place := places_in[i];
    heads[place] := heads[place] + 1;
    seqs[i] := heads[place];
  END LOOP;

  INSERT INTO entries (conversation_id, seq, id, kind, sender_account, sender_device, body, created_at, expires_at)
  SELECT held[d.place], d.seq, d.id, 0, d.account, d.device, d.body, at_in,
         CASE WHEN d.lifetime_ms > 0 THEN at_in + d.lifetime_ms * interval '1 millisecond' END
  FROM unnest(codes, places_in, seqs, ids_in, accounts_in, devices_in, bodies_in, lifetimes_in)
    AS d (code, place, seq, id, account, device, body, lifetime_ms)
  WHERE d.code = 0;

  UPDATE conversations c SET last_seq = heads[array_position(held, c.id)]
  WHERE c.id = ANY (held) AND c.last_seq < heads[array_position(held, c.id)];

  RETURN QUERY
  SELECT d.n, d.code, d.seq, 0::bigint, rosters[d.place]
  FROM unnest(codes, places_in, seqs) WITH ORDINALITY AS d (code, place, seq, n)
  WHERE d.code = 0;
  IF 3 = ANY (codes) THEN
    RETURN QUERY
    SELECT d.n, 3::smallint, 0::bigint, 0::bigint, 0::bigint
    FROM unnest(codes, places_in) WITH ORDINALITY AS d (code, place, n)
    WHERE d.code = 3 AND EXISTS (SELECT FROM conversations c WHERE c.id = conversations_in[d.place]);
  END IF;
  IF 1 = ANY (codes) THEN
    RETURN QUERY
    SELECT d.n, CASE
        WHEN e.sender_account IS NOT DISTINCT FROM d.account THEN 1
        -- Only a member may learn that somebody else has used an id.
        WHEN (
          SELECT m.state FROM members m
          WHERE m.conversation_id = held[d.place] AND m.account_id = d.account AND m.left_seq IS NULL
        ) = 'joined' THEN 2
        ELSE 4
      END::smallint, e.seq, (extract(epoch FROM e.created_at) * 1000)::bigint, 0::bigint
    FROM unnest(codes, places_in, ids_in, accounts_in) WITH ORDINALITY AS d (code, place, id, account, n)
    CROSS JOIN LATERAL (SELECT * FROM entries x WHERE x.id = d.id OFFSET 0) e
    WHERE d.code = 1 AND e.conversation_id = held[d.place];
  END IF;
  IF codes && '{5,6,7,8}'::smallint[] THEN
    RETURN QUERY
    SELECT d.n, d.code, c.epoch, c.mls_generation::bigint, 0::bigint
    FROM unnest(codes, places_in) WITH ORDINALITY AS d (code, place, n)
    JOIN conversations c ON c.id = held[d.place]
    WHERE d.code BETWEEN 5 AND 8;
  END IF;
END $function$`;
