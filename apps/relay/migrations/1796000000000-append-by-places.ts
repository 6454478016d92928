import type { MigrationInterface, QueryRunner } from 'typeorm';
import { APPEND } from './1795000000000-initial-schema.js';

/** The append as a few plain statements over arrays: half the cost of one large one, for one message and for a hundred. */
export class AppendByPlaces1796000000000 implements MigrationInterface {
  readonly name = 'AppendByPlaces1796000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION append_entries');
    await runner.query(APPEND_BY_PLACES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION append_entries');
    await runner.query(APPEND);
  }
}

/**
 * Appends a batch of entries. Lock first, then look: in a VOLATILE function every statement has a snapshot of its own, so
 * the checks see whatever was committed before the locks were granted. In one statement with the lock, a member removed
 * meanwhile would still be accepted.
 *
 * `conversations_in` names each conversation once, in order; `places_in` says at which index of it each draft's stands.
 * `wait_in = false` skips the conversations somebody else holds (code 3, to be tried again), so that one held conversation
 * delays no other. Codes: 0 accepted, 1 duplicate of the same sender, 2 id used by another sender, 3 locked; a draft without
 * a row is refused, since its sender is no member or the session ended. `at_ms` is for duplicates only: the rest are stored
 * at `at_in`. `roster` is the conversation's roster_seq, by which the caller knows whether its list of members holds.
 *
 * All statements are planned once for each connection, maybe while the tables are empty: planning each small batch anew
 * would take longer than running it. So they are written such that only the right index fits, whatever the statistics:
 * look-ups by key, no joins of tables; single values instead of EXISTS, for which a whole table may be hashed on every call; and
 * ids looked up by id first and fenced, or a conversation's whole log may be walked.
 */
export const APPEND_BY_PLACES = `
CREATE FUNCTION append_entries(
  conversations_in uuid[], places_in bigint[], ids_in uuid[], accounts_in uuid[], devices_in uuid[], sessions_in uuid[],
  bodies_in bytea[], lifetimes_in bigint[], at_in timestamptz, wait_in boolean
) RETURNS TABLE (n bigint, code smallint, seq bigint, at_ms bigint, roster bigint)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $function$
#variable_conflict use_column
DECLARE
  held uuid[];
  heads bigint[];
  rosters bigint[];
  codes smallint[];
  seqs bigint[];
  place bigint;
BEGIN
  IF wait_in THEN
    PERFORM set_config('lock_timeout', '1000', true);
    SELECT array_agg(l.id), array_agg(l.last_seq), array_agg(l.roster_seq) INTO held, heads, rosters FROM (
      SELECT * FROM conversations c WHERE c.id = ANY (conversations_in) ORDER BY c.id FOR NO KEY UPDATE
    ) l;
  ELSE
    SELECT array_agg(l.id), array_agg(l.last_seq), array_agg(l.roster_seq) INTO held, heads, rosters FROM (
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
END $function$`;
