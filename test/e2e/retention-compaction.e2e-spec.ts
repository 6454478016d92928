import { draftOf, people, TestRelay, until } from '#testing';
import { Janitor } from '../../apps/relay/src/retention/janitor.service.js';

const relay = TestRelay.duringTests();

/** In MiB. */
async function size(): Promise<number> {
  const [row] = await relay.query<{ bytes: string }>(`SELECT pg_relation_size('entries') AS bytes`);
  return Number(row!.bytes) / 1024 ** 2;
}

/** Of all rows but those of one conversation, whose members write meanwhile. */
async function fingerprint(but: string): Promise<unknown> {
  const [row] = await relay.query(
    `SELECT count(*), md5(string_agg(md5(e::text), '' ORDER BY conversation_id, seq)) AS all
     FROM entries e WHERE conversation_id <> $1`,
    [but],
  );
  return row;
}

/** Messages of 1 KiB in other conversations, a hundred in each, in the order of their positions. */
async function fill(conversations: number): Promise<void> {
  await relay.query(
    `INSERT INTO entries (conversation_id, seq, id, kind, body, created_at)
     SELECT c.id, n, gen_random_uuid(), 0, decode(repeat(md5(n::text), 64), 'hex'), now()
     FROM generate_series(1, 100) n, (SELECT gen_random_uuid() AS id FROM generate_series(1, $1::integer)) c`,
    [conversations],
  );
}

/** Where each row lies. */
function places(): Promise<unknown> {
  return relay.query(`SELECT md5(string_agg(ctid::text, '' ORDER BY conversation_id, seq)) AS all FROM entries`);
}

describe('the disk', () => {
  it('is left alone while there is little to give back', async () => {
    await fill(400);
    await relay.query('DELETE FROM entries WHERE seq % 2 = 0');
    await relay.query('VACUUM ANALYZE entries');
    const before = await places();
    await relay.part(Janitor).compact();
    expect(await places()).toEqual(before);
  });

  it('is given back when much was erased, while everything that is left stays as it is and people write', async () => {
    const [ada, bob] = await people(relay, 2);
    const id = await ada.directWith(bob);
    await fill(1_000);
    await relay.query('DELETE FROM entries WHERE seq % 4 <> 0');
    await relay.query('VACUUM ANALYZE entries');
    const [before, kept] = [await size(), await fingerprint(id)];
    const socket = await ada.socket();
    let isCompacted = false;
    const write = async (): Promise<number> => {
      let count = 0;
      while (!isCompacted) {
        const { seq } = await socket.emit('message:send', { conversationId: id, ...draftOf('meanwhile') });
        expect(seq).toBe(++count);
      }
      return count;
    };
    const writing = write();
    await relay.part(Janitor).compact();
    isCompacted = true;
    const count = await writing;
    socket.close();
    // The relay's own rounds take turns as well, and a vacuum takes nothing away that a statement may still see which began before.
    const isSmall = async (): Promise<boolean> => {
      await relay.part(Janitor).compact();
      await relay.query('VACUUM entries');
      return (await size()) < before / 2;
    };
    await until(isSmall, 'the table is less than half as large', 40_000);
    expect(await fingerprint(id)).toEqual(kept);
    expect(before).toBeGreaterThan(110);
    const { items } = await bob.syncAll();
    expect(items[id]!.map(({ seq }) => seq)).toEqual(Array.from({ length: count }, (_none, n) => n + 1));
  });
});
