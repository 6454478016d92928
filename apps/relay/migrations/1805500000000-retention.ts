import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPEND_TO_GROUPS } from './1798000000000-mls-groups.js';

/** How long conversations keep their messages, and what the janitor finds its work by. */
export class Retention1805500000000 implements MigrationInterface {
  readonly name = 'Retention1805500000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of CHANGES) await runner.query(statement);
    await runner.query(APPEND_FOR_A_TIME);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION append_entries');
    await runner.query(APPEND_TO_GROUPS);
    for (const statement of CHANGED_BACK) await runner.query(statement);
  }
}

const CHANGES = [
  `ALTER TABLE conversations
    ADD COLUMN expire_after_seconds integer,
    ADD COLUMN erase_delivered boolean NOT NULL DEFAULT false`,
  `CREATE INDEX conversations_erase_delivered_idx ON conversations (id) WHERE erase_delivered`,
  // In one index, what is due would stand behind all that is erased and not forgotten yet: a day of it, to be passed over
  // for each batch anew.
  `CREATE INDEX entries_due_idx ON entries (expires_at) WHERE expires_at IS NOT NULL AND body IS NOT NULL`,
  `CREATE INDEX entries_erased_idx ON entries (expires_at) WHERE expires_at IS NOT NULL AND body IS NULL`,
  `DROP INDEX entries_expiry_idx`,
  // What was erased is free for what comes when a fiftieth of the table is, and not, as is usual, a fifth.
  `ALTER TABLE entries SET (autovacuum_vacuum_scale_factor = 0.02, toast.autovacuum_vacuum_scale_factor = 0.02)`,
];

const CHANGED_BACK = [
  `ALTER TABLE entries RESET (autovacuum_vacuum_scale_factor, toast.autovacuum_vacuum_scale_factor)`,
  `CREATE INDEX entries_expiry_idx ON entries (expires_at) WHERE expires_at IS NOT NULL`,
  `DROP INDEX entries_erased_idx, entries_due_idx`,
  `ALTER TABLE conversations DROP COLUMN erase_delivered, DROP COLUMN expire_after_seconds`,
];

/**
 * Appends a batch of entries, as before (see `MlsGroups1798000000000`), each for as long as it says, or as its conversation
 * keeps messages, whichever is shorter. For code 0, `at_ms` is that life in milliseconds, and 0 for ever.
 */
const APPEND_FOR_A_TIME = `
CREATE OR REPLACE FUNCTION append_entries(
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
  lives bigint[];
  any_mls boolean;
  codes smallint[];
  seqs bigint[];
  place bigint;
BEGIN
  IF wait_in THEN
    PERFORM set_config('lock_timeout', '1000', true);
    SELECT array_agg(l.id), array_agg(l.last_seq), array_agg(l.roster_seq), bool_or(l.protocol = 'mls'),
           array_agg(l.expire_after_seconds * 1000::bigint)
    INTO held, heads, rosters, any_mls, lives FROM (
      SELECT * FROM conversations c WHERE c.id = ANY (conversations_in) ORDER BY c.id FOR NO KEY UPDATE
    ) l;
  ELSE
    SELECT array_agg(l.id), array_agg(l.last_seq), array_agg(l.roster_seq), bool_or(l.protocol = 'mls'),
           array_agg(l.expire_after_seconds * 1000::bigint)
    INTO held, heads, rosters, any_mls, lives FROM (
      SELECT * FROM conversations c WHERE c.id = ANY (conversations_in) ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED
    ) l;
  END IF;
  -- As a rule all are held, in the order given. Else they are brought to their places, with NULL for those that are not.
  IF held IS DISTINCT FROM conversations_in THEN
    SELECT array_agg(h.id ORDER BY c.place), array_agg(h.head ORDER BY c.place), array_agg(h.roster ORDER BY c.place),
           array_agg(h.life ORDER BY c.place)
    INTO held, heads, rosters, lives
    FROM unnest(conversations_in) WITH ORDINALITY AS c (id, place)
    LEFT JOIN unnest(held, heads, rosters, lives) AS h (id, head, roster, life) ON h.id = c.id;
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
    -- The shorter of the two; 0 is for ever.
    IF lives[place] IS NOT NULL THEN
      lifetimes_in[i] := least(nullif(lifetimes_in[i], 0), lives[place]);
    END IF;
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
  SELECT d.n, d.code, d.seq, d.lifetime_ms, rosters[d.place]
  FROM unnest(codes, places_in, seqs, lifetimes_in) WITH ORDINALITY AS d (code, place, seq, lifetime_ms, n)
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
