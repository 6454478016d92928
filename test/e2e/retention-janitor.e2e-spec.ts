import { randomBytes } from 'node:crypto';
import { call, draftOf, people, TestRelay, type TestUser, until } from '#testing';
import { AttachmentSweepService } from '../../apps/relay/src/attachments/attachment-sweep.service.js';
import { Attacher } from './attaching.js';
import { accept, add, leave, remove, reserved, startDirect } from './conversing.js';
import { renew } from './renewal.js';
import { agree, shown, stores, sweep } from './retention.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const relay = TestRelay.duringTests();
const { clock } = relay;

/** Two people who want what both have to be deleted, and so many messages. The wish stands at 1. */
async function deliveredTo(count: number) {
  const [ada, bob] = await people(relay, 2);
  const id = await ada.directWith(bob);
  await agree(ada, id, { afterDelivery: true });
  for (let n = 0; n < count; n++) await ada.send(id, `message ${String(n)}`);
  return { ada, bob, id };
}

/** A day later, with tokens that are good then. */
async function nextDay(...users: TestUser[]): Promise<void> {
  clock.advance(DAY_MS);
  for (const user of users) await renew(relay, user);
}

describe('a message that is to be erased when it is delivered', () => {
  it('is erased a day after it was sent, once every device of every member has stored it (C-37)', async () => {
    const { ada, bob, id } = await deliveredTo(3);
    const tablet = await bob.onNewDevice();
    for (const device of [ada, bob]) await stores(device, id, 4);
    await stores(tablet, id, 2);
    await sweep(relay);
    expect(await shown(bob, id)).toEqual(['retention', 2, 3, 4]);
    await nextDay(ada, bob, tablet);
    await sweep(relay);
    expect(await shown(bob, id)).toEqual(['retention', [2, 2, 'delivered'], 3, 4]);
    await stores(tablet, id, 4);
    await sweep(relay);
    expect(await shown(bob, id)).toEqual(['retention', [2, 4, 'delivered']]);
    const [{ left } = { left: '' }] = await relay.query<{ left: string }>(
      'SELECT count(*) AS left FROM entries WHERE conversation_id = $1 AND kind = 0 AND body IS NOT NULL',
      [id],
    );
    expect(left).toBe('0');
  });

  it('shows a device that comes later that something was there, in its log and in its sync', async () => {
    const { ada, bob, id } = await deliveredTo(2);
    for (const device of [ada, bob]) await stores(device, id, 3);
    await nextDay(ada, bob);
    await sweep(relay);
    const late = await bob.onNewDevice();
    expect(await shown(late, id)).toEqual(['retention', [2, 3, 'delivered']]);
    const { items } = await late.syncAll();
    expect(items[id]!.at(-1)).toEqual({ gap: { from: 2, to: 3, reason: 'delivered' } });
  });

  it('keeps its place when even its id is forgotten, and the log goes on behind it', async () => {
    const { ada, bob, id } = await deliveredTo(2);
    for (const device of [ada, bob]) await stores(device, id, 3);
    await nextDay(ada, bob);
    await sweep(relay);
    await nextDay(ada, bob);
    await sweep(relay);
    const rows = await relay.query('SELECT seq FROM entries WHERE conversation_id = $1 AND kind = 0', [id]);
    expect(rows).toEqual([]);
    expect((await ada.send(id, 'next')).body.seq).toBe(4);
    expect(await shown(bob, id)).toEqual(['retention', [2, 3, 'delivered'], 4]);
  });

  it('can be sent again within a day of that without becoming another one', async () => {
    const { ada, bob, id } = await deliveredTo(0);
    const { body: first } = await ada.send(id, 'once');
    for (const device of [ada, bob]) await stores(device, id, 2);
    await nextDay(ada, bob);
    await sweep(relay);
    expect((await ada.send(id, 'once', { id: first.id })).body).toMatchObject({ seq: 2, duplicate: true });
    expect(await shown(bob, id)).toEqual(['retention', [2, 2, 'delivered']]);
  });

  it('does not wait for devices that are revoked, nor for who has left or came later', async () => {
    const [ada, bob, eve, late] = await people(relay, 4);
    const body = { kind: 'group', members: [bob, eve].map(({ username }) => username) };
    const { id } = (await ada.request('POST', '/conversations', body)).body;
    const lost = await bob.onNewDevice();
    await agree(ada, id, { afterDelivery: true });
    const { seq } = (await ada.send(id, 'for all')).body;
    for (const device of [ada, bob]) await stores(device, id, seq);
    await nextDay(ada, bob, eve);
    await sweep(relay);
    expect(await shown(bob, id)).toEqual(['members', 'retention', 3]);
    await remove(ada, id, eve);
    await add(ada, id, late);
    await sweep(relay);
    expect(await shown(bob, id)).toEqual(['members', 'retention', 3, 'members', 'members']);
    await bob.request('DELETE', `/devices/${lost.deviceId}`);
    await sweep(relay);
    expect(await shown(bob, id)).toEqual(['members', 'retention', [3, 3, 'delivered'], 'members', 'members']);
  });

  it('waits for who has not answered yet whether they want to be written to', async () => {
    const [ada] = await people(relay, 1);
    const grace = await reserved(relay);
    const { id } = (await startDirect(ada, grace)).body;
    await agree(ada, id, { afterDelivery: true });
    await ada.send(id, 'May I?');
    await stores(ada, id, 2);
    await nextDay(ada, grace);
    await sweep(relay);
    await accept(grace, id);
    expect(await shown(grace, id)).toEqual(['retention', 2, 'members']);
  });

  it('is not erased where nobody has asked for it, or does any more', async () => {
    const { ada, bob, id } = await deliveredTo(1);
    await agree(bob, id, {});
    for (const device of [ada, bob]) await stores(device, id, 3);
    await nextDay(ada, bob);
    await sweep(relay);
    expect(await shown(bob, id)).toEqual(['retention', 2, 'retention']);
  });

  it('that expires beside it has a gap of its own', async () => {
    const { ada, bob, id } = await deliveredTo(1);
    await ada.send(id, 'brief', { expiresIn: 60 });
    await ada.send(id, 'again');
    for (const device of [ada, bob]) await stores(device, id, 4);
    clock.advance(61_000);
    await sweep(relay);
    await nextDay(ada, bob);
    await sweep(relay);
    expect(await shown(bob, id)).toEqual(['retention', [2, 2, 'delivered'], [3, 3, 'expired'], [4, 4, 'delivered']]);
  });

  it('is kept where nobody is left to whom it could be delivered, for those who may still read it', async () => {
    const { ada, bob, id } = await deliveredTo(1);
    await leave(ada, id);
    await leave(bob, id);
    await nextDay(ada, bob);
    await sweep(relay);
    expect((await shown(ada, id)).slice(0, 2)).toEqual(['retention', 2]);
  });
});

describe('what the operator sets', () => {
  const strict = { RETENTION_MAX_DAYS: '2', RETENTION_DELIVERED: 'always', RETENTION_DELIVERED_HOURS: '3' };

  it('bounds every message, those of before included, and every attachment', async () => {
    const [ada, bob] = await people(relay, 2);
    const id = await ada.directWith(bob);
    const picture = await new Attacher(relay, ada).upload(id, randomBytes(64));
    await ada.send(id, 'old');
    const bounded = await TestRelay.start({ beside: relay, environment: strict });
    try {
      const there = { headers: {}, token: ada.token };
      const path = `/v1/conversations/${id}`;
      const send = (expiresIn: number) =>
        call(bounded, 'POST', `${path}/messages`, { ...there, body: draftOf('x', { expiresIn }) });
      for (const [expiresIn, life] of [
        [DAY_MS / 1_000, DAY_MS],
        [30 * (DAY_MS / 1_000), 2 * DAY_MS],
      ] as const) {
        const { body } = await send(expiresIn);
        const { body: stored } = await call(bounded, 'GET', `${path}/messages/${body.id}`, there);
        expect(Date.parse(stored.expiresAt) - Date.parse(stored.createdAt)).toBe(life);
      }
      const { body: inForce } = await call(bounded, 'GET', `${path}/retention`, there);
      expect(inForce).toMatchObject({ maximum: 172_800, deliveredEverywhere: true, deliveredKept: 10_800 });
      await nextDay(ada, bob);
      await nextDay(ada, bob);
      await sweep(bounded);
      expect(await shown(bob, id)).toEqual([[1, 3, 'expired']]);
      await bounded.part(AttachmentSweepService).sweepAbandoned();
      expect((await new Attacher(relay, bob).download(picture)).status).toBe(404);
    } finally {
      await bounded.stop();
    }
  });

  it('is as long as an attachment is kept at most, as what its conversation wants', async () => {
    const bounded = await TestRelay.start({ beside: relay, environment: strict });
    try {
      const [ada, bob] = await people(relay, 2);
      const id = await ada.directWith(bob);
      const lifeOf = async (expiresIn?: number): Promise<number | null> => {
        const attachment = await new Attacher(bounded, ada).begin({
          conversationId: id,
          length: 9,
          ...(expiresIn && { expiresIn }),
        });
        const [row] = await relay.query<{ life: number | null }>(
          'SELECT expires_in_seconds AS life FROM attachments WHERE id = $1',
          [attachment],
        );
        return row!.life;
      };
      expect([await lifeOf(), await lifeOf(60), await lifeOf(2_592_000)]).toEqual([172_800, 60, 172_800]);
      await agree(ada, id, { expireAfter: 3_600 });
      expect([await lifeOf(), await lifeOf(60), await lifeOf(7_200)]).toEqual([3_600, 60, 3_600]);
    } finally {
      await bounded.stop();
    }
  });

  it('can be that what is delivered is erased everywhere, after as many hours as it says', async () => {
    const bounded = await TestRelay.start({ beside: relay, environment: strict });
    try {
      const [ada, bob] = await people(relay, 2);
      const id = await ada.directWith(bob);
      await ada.send(id, 'first');
      for (const device of [ada, bob]) await stores(device, id, 1);
      clock.advance(3 * HOUR_MS - 60_000);
      await sweep(bounded);
      for (const user of [ada, bob]) await renew(relay, user);
      expect(await shown(bob, id)).toEqual([1]);
      clock.advance(60_000);
      await sweep(bounded);
      expect(await shown(bob, id)).toEqual([[1, 1, 'delivered']]);
    } finally {
      await bounded.stop();
    }
  });
});

describe('the janitor', () => {
  it('is one at a time: while another relay has its turn, it erases nothing', async () => {
    const { ada, bob, id } = await deliveredTo(0);
    await ada.send(id, 'brief', { expiresIn: 60 });
    clock.advance(61_000);
    const other = await relay.connection();
    try {
      await other.query('SELECT pg_advisory_lock(7325641, 2)');
      await sweep(relay);
      const [row] = await relay.query<{ kept: boolean }>(
        'SELECT body IS NOT NULL AS kept FROM entries WHERE conversation_id = $1 AND seq = 2',
        [id],
      );
      expect(row).toEqual({ kept: true });
    } finally {
      await other.query('SELECT pg_advisory_unlock(7325641, 2)');
      other.release();
    }
    await sweep(relay);
    const gaps = await relay.query('SELECT from_seq, to_seq FROM gaps WHERE conversation_id = $1', [id]);
    expect(gaps).toEqual([{ from_seq: '2', to_seq: '2' }]);
    expect(bob.accountId).toBeDefined();
  });

  it('keeps nobody waiting who sends, also while it is held up in the middle of a batch', async () => {
    const { ada, id } = await deliveredTo(0);
    await ada.send(id, 'brief', { expiresIn: 60 });
    clock.advance(61_000);
    const holder = await relay.connection();
    await holder.query('BEGIN; LOCK TABLE gaps IN ACCESS EXCLUSIVE MODE');
    const sweeping = sweep(relay);
    const isHeldUp = async (): Promise<boolean> => {
      const waiting = await holder.query(`SELECT FROM pg_locks WHERE NOT granted AND relation = 'gaps'::regclass`);
      return waiting.rowCount !== 0;
    };
    await until(isHeldUp, 'the janitor is held up', 20_000);
    expect((await ada.send(id, 'meanwhile')).body).toMatchObject({ seq: 3, duplicate: false });
    await holder.query('ROLLBACK');
    holder.release();
    await sweeping;
    expect(await shown(ada, id)).toEqual(['retention', [2, 2, 'expired'], 3]);
  });
});
