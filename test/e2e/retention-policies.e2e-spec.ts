import { draftOf, people, TestRelay, type TestUser } from '#testing';
import { v7 } from 'uuid';
import { add, giveRole, leave, reserved, view } from './conversing.js';
import { renew } from './renewal.js';
import { agree, shown, sweep } from './retention.js';

const SECOND = 1_000;
const HOUR = 3_600;

const relay = TestRelay.duringTests();
const { clock } = relay;

const lifeOf = ({ createdAt, expiresAt }: { createdAt?: unknown; expiresAt?: unknown }): number | undefined =>
  expiresAt === undefined ? undefined : (Date.parse(expiresAt as string) - Date.parse(createdAt as string)) / SECOND;

async function sent(
  user: TestUser,
  conversationId: string,
  options: { expiresIn?: number } = {},
): Promise<number | undefined> {
  const { id } = (await user.send(conversationId, 'sealed', options)).body;
  return lifeOf((await user.request('GET', `/conversations/${conversationId}/messages/${id}`)).body);
}

async function groupOf(owner: TestUser, ...members: TestUser[]): Promise<string> {
  const body = { kind: 'group', members: members.map(({ username }) => username) };
  return (await owner.request('POST', '/conversations', body)).body.id;
}

describe('how long a conversation keeps its messages', () => {
  it('is for good, as long as nobody says otherwise', async () => {
    const [ada, bob] = await people(relay, 2);
    const id = await ada.directWith(bob);
    expect((await view(bob, id)).retention).toEqual({ expireAfter: null, afterDelivery: false });
    expect((await bob.request('GET', `/conversations/${id}/retention`)).body).toEqual({
      expireAfter: null,
      afterDelivery: false,
      maximum: null,
      deliveredEverywhere: false,
      deliveredKept: 24 * HOUR,
    });
    expect(await sent(ada, id)).toBeUndefined();
  });

  it('is said by an entry, which all devices are pushed and find in the log', async () => {
    const [ada, bob] = await people(relay, 2);
    const id = await ada.directWith(bob);
    const sockets = [await ada.socket(), await bob.socket()];
    const wish = { expireAfter: 7 * 24 * HOUR, afterDelivery: true };
    expect((await agree(ada, id, wish)).body).toEqual({ seq: 1 });
    const entry = { seq: 1, kind: 'retention', sender: ada.username, retention: wish };
    for (const socket of sockets) {
      expect((await socket.hear('entry'))[0]).toMatchObject(entry);
      socket.close();
    }
    const { body } = await bob.request('GET', `/conversations/${id}/messages?after=0`);
    expect(body.items).toMatchObject([entry]);
    expect(body.items[0]).not.toHaveProperty('ciphertext');
    expect((await view(bob, id)).retention).toEqual(wish);
  });

  it('is no news when it was so before, and the same request again is the same change', async () => {
    const [ada, bob] = await people(relay, 2);
    const id = await ada.directWith(bob);
    const request = { id: v7(), expireAfter: HOUR };
    expect([(await agree(ada, id, request)).body, (await agree(ada, id, request)).body]).toEqual([
      { seq: 1 },
      { seq: 1 },
    ]);
    expect((await agree(bob, id, { expireAfter: HOUR })).body).toEqual({ seq: null });
    // Repeated after somebody has changed it, it changes nothing back.
    await agree(bob, id, {});
    expect((await agree(ada, id, request)).body).toEqual({ seq: 1 });
    expect((await view(ada, id)).retention.expireAfter).toBeNull();
  });

  it.each([
    { expireAfter: 59 },
    { expireAfter: 0 },
    { expireAfter: -60 },
    { expireAfter: 60.5 },
    { expireAfter: '3600' },
    { expireAfter: 365 * 24 * HOUR + 1 },
    { afterDelivery: 'yes' },
    { afterDelivery: null },
    { id: 'none' },
    { more: 1 },
  ])('is not %j', async (wish) => {
    const [ada, bob] = await people(relay, 2);
    const { status, body } = await agree(ada, await ada.directWith(bob), wish);
    expect([status, body.code]).toEqual([400, 'invalid_request']);
  });

  it('is for the owner and admins of a group to say, and for nobody who is not in it', async () => {
    const [ada, bob, eve, mallory] = await people(relay, 4);
    const id = await groupOf(ada, bob, eve);
    const asked = await reserved(relay);
    await add(ada, id, asked);
    await leave(eve, id);
    const wish = { expireAfter: HOUR };
    expect((await agree(bob, id, wish)).body.code).toBe('forbidden');
    for (const stranger of [asked, eve, mallory]) {
      expect((await agree(stranger, id, wish)).body.code).toBe('not_found');
      expect((await stranger.request('GET', `/conversations/${id}/retention`)).body.code).toBe('not_found');
    }
    expect((await view(ada, id)).retention.expireAfter).toBeNull();
    await giveRole(ada, id, bob, 'admin');
    expect((await agree(bob, id, wish)).status).toBe(200);
  });

  it('is the life of what is written from then on, unless its sender gives it less', async () => {
    const [ada, bob] = await people(relay, 2);
    const id = await ada.directWith(bob);
    expect(await sent(ada, id)).toBeUndefined();
    await agree(ada, id, { expireAfter: HOUR });
    const socket = await bob.socket();
    const { body: acknowledged } = await ada.send(id, 'for an hour');
    const [pushed] = await socket.hear('entry');
    expect([pushed!.id, lifeOf(pushed!)]).toEqual([acknowledged.id, HOUR]);
    socket.close();
    expect([await sent(ada, id, { expiresIn: 60 }), await sent(bob, id, { expiresIn: 2 * HOUR })]).toEqual([60, HOUR]);
    await agree(bob, id, {});
    expect([await sent(ada, id, { expiresIn: 2 * HOUR }), await sent(bob, id)]).toEqual([2 * HOUR, undefined]);
    clock.advance(3 * HOUR * SECOND);
    await sweep(relay);
    await renew(relay, bob);
    // What was written before, or after, stays; and so does what says since when.
    expect(await shown(bob, id)).toEqual([1, 'retention', [3, 5, 'expired'], 'retention', [7, 7, 'expired'], 8]);
  });

  it('is that of each conversation, also where one batch writes to several', async () => {
    const [ada, bob, eve] = await people(relay, 3);
    const ids = [
      await ada.directWith(bob),
      await ada.directWith(eve),
      await groupOf(ada, bob),
      await groupOf(ada, eve),
    ];
    await agree(ada, ids[1]!, { expireAfter: HOUR });
    await agree(ada, ids[3]!, { expireAfter: 2 * HOUR });
    const socket = await ada.socket();
    const writing = Array.from({ length: 40 }, (_none, n) =>
      socket.emit('message:send', {
        conversationId: ids[n % 4]!,
        ...draftOf(`number ${n}`, n % 8 < 4 ? {} : { expiresIn: 90 * 60 }),
      }),
    );
    await Promise.all(writing);
    socket.close();
    for (const [index, lives] of [
      [undefined, 90 * 60],
      [HOUR, HOUR],
      [undefined, 90 * 60],
      [2 * HOUR, 90 * 60],
    ].entries()) {
      const rows = await relay.query<{ life: string | null }>(
        `SELECT extract(epoch FROM expires_at - created_at)::text AS life FROM entries WHERE conversation_id = $1 AND kind = 0`,
        [ids[index]],
      );
      const found = rows.map(({ life }) => (life === null ? undefined : Number(life)));
      expect(new Set(found)).toEqual(new Set(lives));
      expect(found).toHaveLength(10);
    }
  });
});
