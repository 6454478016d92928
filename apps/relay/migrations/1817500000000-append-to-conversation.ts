import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The append to one conversation, for databases that are spread over several servers by conversation (docs/scaling.md). */
export class AppendToConversation1817500000000 implements MigrationInterface {
  readonly name = 'AppendToConversation1817500000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(APPEND_TO_CONVERSATION);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION append_to_conversation');
  }
}

/**
 * Does for one conversation what `append_entries` does for several, with the same codes (see `Retention1805500000000`). Each
 * statement of it that touches a log says `= conversation_in`, joins nothing, and reads one table, so that a cluster can send it
 * as it is to the one server that has this conversation. `sessions` are read by a statement of their own, since they may be elsewhere.
 */
const APPEND_TO_CONVERSATION = `
CREATE FUNCTION append_to_conversation(
  conversation_in uuid, ids_in uuid[], accounts_in uuid[], devices_in uuid[], sessions_in uuid[], bodies_in bytea[],
  lifetimes_in bigint[], generations_in bigint[], epochs_in bigint[], at_in timestamptz, wait_in boolean
) RETURNS TABLE (n bigint, code smallint, seq bigint, at_ms bigint, roster bigint)
LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $function$
#variable_conflict use_column
DECLARE
  held record;
  head bigint;
  known uuid[];
  known_seqs bigint[];
  known_senders uuid[];
  known_ms bigint[];
  joined uuid[];
  live uuid[];
  live_devices uuid[];
  leaves uuid[];
  codes smallint[];
  seqs bigint[];
BEGIN
  -- Lock first, then look: what follows sees whatever was committed before the lock was granted.
  IF wait_in THEN
    PERFORM set_config('lock_timeout', '1000', true);
    SELECT * INTO held FROM conversations c WHERE c.id = conversation_in FOR NO KEY UPDATE;
    IF NOT FOUND THEN RETURN; END IF;
  ELSE
    SELECT * INTO held FROM conversations c WHERE c.id = conversation_in FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
      PERFORM 1 FROM conversations c WHERE c.id = conversation_in;
      IF FOUND THEN
        RETURN QUERY
        SELECT d.n, 3::smallint, 0::bigint, 0::bigint, 0::bigint FROM unnest(ids_in) WITH ORDINALITY AS d (id, n);
      END IF;
      RETURN;
    END IF;
  END IF;

  SELECT array_agg(e.id), array_agg(e.seq), array_agg(e.sender_account),
         array_agg((extract(epoch FROM e.created_at) * 1000)::bigint)
  INTO known, known_seqs, known_senders, known_ms
  FROM entries e WHERE e.conversation_id = conversation_in AND e.id = ANY (ids_in);
  SELECT array_agg(m.account_id) INTO joined FROM members m
  WHERE m.conversation_id = conversation_in AND m.account_id = ANY (accounts_in) AND m.left_seq IS NULL AND m.state = 'joined';
  SELECT array_agg(s.id), array_agg(s.device_id) INTO live, live_devices FROM sessions s
  WHERE s.id = ANY (sessions_in) AND s.revoked_at IS NULL;
  IF held.protocol = 'mls' THEN
    SELECT array_agg(l.device_id) INTO leaves FROM mls_leaves l
    WHERE l.conversation_id = conversation_in AND l.device_id = ANY (devices_in);
  END IF;

  SELECT array_agg(CASE
    WHEN d.id = ANY (known) THEN CASE
      WHEN known_senders[array_position(known, d.id)] IS NOT DISTINCT FROM d.account THEN 1
      -- Only a member may learn that somebody else has used an id.
      WHEN d.account = ANY (joined) THEN 2
      ELSE 4
    END
    WHEN d.account = ANY (joined) AND live_devices[array_position(live, d.session)] = d.device THEN CASE
      WHEN held.protocol <> 'mls' THEN 0
      -- Of an MLS group, only a device in it sends, in an epoch that its members still read, and not while a leaf has to go.
      WHEN d.device = ANY (leaves) IS NOT TRUE THEN 7
      WHEN d.generation IS NULL THEN 8
      WHEN d.generation <> held.mls_generation OR d.epoch > held.epoch
        OR d.epoch < greatest(held.min_epoch, held.epoch - 2) THEN 5
      WHEN held.removal_pending THEN 6
      ELSE 0
    END
    ELSE 4
  END::smallint ORDER BY d.n) INTO codes
  FROM unnest(ids_in, accounts_in, devices_in, sessions_in, generations_in, epochs_in)
    WITH ORDINALITY AS d (id, account, device, session, generation, epoch, n);

  head := held.last_seq;
  seqs := array_fill(0::bigint, ARRAY[cardinality(codes)]);
  FOR i IN 1 .. cardinality(codes) LOOP
    CONTINUE WHEN codes[i] <> 0;
    -- The shorter of the two; 0 is for ever.
    IF held.expire_after_seconds IS NOT NULL THEN
      lifetimes_in[i] := least(nullif(lifetimes_in[i], 0), held.expire_after_seconds * 1000::bigint);
    END IF;
    head := head + 1;
    seqs[i] := head;
  END LOOP;

  IF head > held.last_seq THEN
    INSERT INTO entries (conversation_id, seq, id, kind, sender_account, sender_device, body, created_at, expires_at)
    SELECT conversation_in, d.seq, d.id, 0, d.account, d.device, d.body, at_in,
           CASE WHEN d.lifetime_ms > 0 THEN at_in + d.lifetime_ms * interval '1 millisecond' END
    FROM unnest(codes, seqs, ids_in, accounts_in, devices_in, bodies_in, lifetimes_in)
      AS d (code, seq, id, account, device, body, lifetime_ms)
    WHERE d.code = 0;
    UPDATE conversations c SET last_seq = head WHERE c.id = conversation_in;
  END IF;

  -- Who is not told of a draft is told that it was refused: code 4 has no row.
  RETURN QUERY
  SELECT d.n, d.code,
    CASE WHEN d.code = 0 THEN d.seq WHEN d.code < 3 THEN known_seqs[array_position(known, d.id)] ELSE held.epoch END,
    CASE WHEN d.code = 0 THEN d.lifetime_ms WHEN d.code < 3 THEN known_ms[array_position(known, d.id)]
         ELSE held.mls_generation::bigint END,
    CASE WHEN d.code = 0 THEN held.roster_seq ELSE 0 END
  FROM unnest(codes, seqs, ids_in, lifetimes_in) WITH ORDINALITY AS d (code, seq, id, lifetime_ms, n)
  WHERE d.code <> 4;
END $function$`;
