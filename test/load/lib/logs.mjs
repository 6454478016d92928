/** Conversations full of messages that were written long ago, in the shape in which real clients leave them, in bulk by SQL. */

/** Rows of one statement: so few are sorted in memory. */
const BATCH = 100_000;
/** Members say how far they are about so often. */
const RECEIPT_EVERY = 50;

/**
 * Fills the conversations of people who write in pairs. Messages come in turns through all conversations, a second between two, the
 * last one just now; ids are made by time, like a client's; sizes are those of the messages that are sent. Devices say how far they
 * have stored the log, and members what they were shown.
 *
 * @param each messages of a conversation. @param chars of the ciphertext of each.
 */
export async function fillLogs(client, { people, each, chars }) {
  const writers = people.filter((_person, index) => index % 2 === 0);
  const readers = people.filter((_person, index) => index % 2 === 1);
  const column = (list, name) => list.map((one) => one[name]);
  await client.query('SET synchronous_commit = off');
  await client.query(
    `CREATE TEMP TABLE logs AS SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[])
       WITH ORDINALITY AS l (id, account_1, device_1, account_0, device_0, number)`,
    [
      column(writers, 'conversationId'),
      ...['accountId', 'deviceId'].map((name) => column(writers, name)),
      ...['accountId', 'deviceId'].map((name) => column(readers, name)),
    ],
  );
  await client.query('ANALYZE logs');
  const rows = Math.max(1, Math.floor(BATCH / writers.length));
  for (let from = 1; from <= each; from += rows)
    await insertEntries(client, { from, to: Math.min(each, from + rows - 1), each, logs: writers.length, chars });
  await markRead(client, each);
  // What the database would do at some time is not to be done while something is measured.
  await client.query('VACUUM (FREEZE, ANALYZE) conversations, entries, cursors, receipts');
}

/** All that is between two positions of every log. */
async function insertEntries(client, { from, to, each, logs, chars }) {
  // A body of what base64url makes that many characters of; it is not compressed, so that its content does not matter.
  const bodyBytes = Math.floor((chars * 3) / 4);
  await client.query(
    `INSERT INTO entries (conversation_id, seq, id, kind, sender_account, sender_device, body, created_at)
     SELECT m.id, m.n,
            (lpad(to_hex((extract(epoch FROM m.at) * 1000)::bigint), 12, '0') || '7' || substr(m.hex, 14, 3) || '8' || substr(m.hex, 18))::uuid,
            0, CASE m.n % 2 WHEN 1 THEN m.account_1 ELSE m.account_0 END, CASE m.n % 2 WHEN 1 THEN m.device_1 ELSE m.device_0 END,
            substr(decode(repeat(m.hex, ${Math.ceil(bodyBytes / 16)}), 'hex'), 1, ${bodyBytes}), m.at
     FROM (
       SELECT l.*, n, md5(n || ' ' || l.number) AS hex,
              now() - make_interval(secs => (${each} - n) * ${logs} + (${logs} - l.number)) AS at
       FROM generate_series(${from}, ${to}) n CROSS JOIN logs l
       ORDER BY n, l.number
     ) m`,
  );
}

async function markRead(client, each) {
  await client.query(`UPDATE conversations c SET last_seq = ${each} FROM logs l WHERE c.id = l.id`);
  await client.query(
    `INSERT INTO cursors (device_id, conversation_id, seq)
     SELECT device_1, id, ${each} FROM logs UNION ALL SELECT device_0, id, ${each} FROM logs`,
  );
  await client.query(
    `INSERT INTO receipts (conversation_id, account_id, kind, up_to_seq, at)
     SELECT l.id, a.account, k.kind, n, now() FROM generate_series(${RECEIPT_EVERY}, ${each}, ${RECEIPT_EVERY}) n
     CROSS JOIN logs l CROSS JOIN LATERAL (VALUES (l.account_1), (l.account_0)) a (account)
     CROSS JOIN (VALUES ('delivered'), ('read')) k (kind)`,
  );
}

/** What a sync begins with: the life of the database, and positions so far behind the heads of logs. */
export async function positionsBehind(client, { people, missed }) {
  const {
    rows: [{ incarnation }],
  } = await client.query('SELECT incarnation FROM relay');
  const { rows } = await client.query('SELECT id, last_seq FROM conversations WHERE id = ANY ($1)', [
    people.map(({ conversationId }) => conversationId),
  ]);
  const after = Object.fromEntries(rows.map(({ id, last_seq: head }) => [id, Number(head) - missed]));
  if (Object.values(after).some((seq) => seq < 0)) throw new Error(`there are logs of fewer than ${missed} messages`);
  // As far as devices had come before.
  await client.query(
    `UPDATE cursors c SET seq = least(c.seq, v.last_seq - $2) FROM conversations v WHERE v.id = c.conversation_id AND c.device_id = ANY ($1)`,
    [people.map(({ deviceId }) => deviceId), missed],
  );
  return { incarnation, after };
}
