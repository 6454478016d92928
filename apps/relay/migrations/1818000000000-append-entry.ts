import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The append of a single message, which is what most batches have while there is little to do. */
export class AppendEntry1818000000000 implements MigrationInterface {
  readonly name = 'AppendEntry1818000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(APPEND_ENTRY);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION append_entry');
  }
}

/**
 * Does for one draft what `append_entries` does for a batch, waiting for nobody, at two thirds to three quarters of its cost: no arrays, and three
 * statements. Only what is accepted at the first look is; all else, `append_entries` looks at anew and answers, so that there is one
 * place that says what becomes of it.
 *
 * Lock first, then look (see `AppendByPlaces1796000000000`): the second statement sees whatever was committed before the lock was granted.
 */
const APPEND_ENTRY = `
CREATE FUNCTION append_entry(
  conversation_in uuid, id_in uuid, account_in uuid, device_in uuid, session_in uuid, body_in bytea, lifetime_in bigint,
  generation_in bigint, epoch_in bigint, at_in timestamptz
) RETURNS TABLE (n bigint, code smallint, seq bigint, at_ms bigint, roster bigint)
LANGUAGE plpgsql VOLATILE SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $function$
#variable_conflict use_column
DECLARE
  held record;
  lifetime bigint := lifetime_in;
BEGIN
  SELECT c.last_seq + 1 AS next_seq, c.roster_seq, c.expire_after_seconds, c.protocol, c.mls_generation, c.epoch, c.min_epoch,
         c.removal_pending
  INTO held FROM conversations c WHERE c.id = conversation_in FOR NO KEY UPDATE SKIP LOCKED;
  IF FOUND THEN
    -- The shorter of the two; 0 is for ever.
    IF held.expire_after_seconds IS NOT NULL THEN
      lifetime := least(nullif(lifetime_in, 0), held.expire_after_seconds * 1000::bigint);
    END IF;
    INSERT INTO entries (conversation_id, seq, id, kind, sender_account, sender_device, body, created_at, expires_at)
    SELECT conversation_in, held.next_seq, id_in, 0, account_in, device_in, body_in, at_in,
           CASE WHEN lifetime > 0 THEN at_in + lifetime * interval '1 millisecond' END
    WHERE (
      SELECT true FROM (SELECT * FROM entries e WHERE e.id = id_in OFFSET 0) k WHERE k.conversation_id = conversation_in
    ) IS NULL AND (
      SELECT m.state FROM members m
      WHERE m.conversation_id = conversation_in AND m.account_id = account_in AND m.left_seq IS NULL
    ) = 'joined' AND (
      SELECT s.device_id FROM sessions s WHERE s.id = session_in AND s.revoked_at IS NULL
    ) = device_in AND (
      held.protocol <> 'mls' OR (
        generation_in = held.mls_generation AND epoch_in <= held.epoch
        AND epoch_in >= greatest(held.min_epoch, held.epoch - 2) AND NOT held.removal_pending
        AND (SELECT l.leaf FROM mls_leaves l WHERE l.conversation_id = conversation_in AND l.device_id = device_in) IS NOT NULL
      )
    );
    IF FOUND THEN
      UPDATE conversations c SET last_seq = held.next_seq WHERE c.id = conversation_in;
      RETURN QUERY VALUES (1::bigint, 0::smallint, held.next_seq, lifetime, held.roster_seq);
      RETURN;
    END IF;
  END IF;
  RETURN QUERY SELECT * FROM append_entries(
    ARRAY[conversation_in], '{1}', ARRAY[id_in], ARRAY[account_in], ARRAY[device_in], ARRAY[session_in], ARRAY[body_in],
    ARRAY[lifetime_in], ARRAY[generation_in], ARRAY[epoch_in], at_in, false
  );
END $function$`;
