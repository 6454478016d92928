import type { DeviceId } from '#protocol';
import { call, closeAfterEach, draftOf, pair, people, TestSocket, type TestUser, until } from '#testing';
import { Redis } from 'ioredis';
import { Delivery } from '../../apps/relay/src/delivery/index.js';
import { LIMIT_TABLE } from '../../apps/relay/src/platform/limits/limit-table.js';
import { MlsGroup } from './mls-group.js';
import { PROMPTLY } from './promptly.js';
import { groupOf } from './sending.js';
import { TwoRelays } from './two-relays.js';

describe.each(['postgres', 'redis', 'a redis before 7'] as const)(
  'what happens at one relay is heard at the other, by %s:',
  (kind) => {
    const relays = TwoRelays.duringTests(kind);
    const closeLater = closeAfterEach();
    const connectThere = async (user: TestUser): Promise<TestSocket> =>
      closeLater(await TestSocket.connect(relays.there.url, user.token));

    test('messages, in their order, at every device but the one that wrote them', async () => {
      const { ada, bob, conversationId } = await pair(relays.here);
      const second = await ada.onNewDevice();
      const [own, other, theirs] = [await connectThere(ada), await connectThere(second), await connectThere(bob)];
      const drafts = Array.from({ length: 30 }, (_none, index) => draftOf(`message ${index}`));
      const writer = closeLater(await ada.socket());
      await Promise.all(drafts.map((draft) => writer.emit('message:send', { conversationId, ...draft })));
      for (const socket of [other, theirs]) {
        const heard = await socket.hear('entry', drafts.length);
        expect(heard.map(({ id, ciphertext }) => ({ id, ciphertext }))).toEqual(drafts);
        expect(heard.map(({ seq }) => seq)).toEqual(drafts.map((_draft, index) => index + 1));
      }
      expect(await theirs.hear('entry')).toEqual(await other.hear('entry'));
      expect(own.payloads('entry')).toEqual([]);
    });

    test('messages of more than 32 KiB, as a hint', async () => {
      const { ada, bob, conversationId } = await pair(relays.here);
      const listener = await connectThere(bob);
      const draft = draftOf('x'.repeat(32 * 1024 + 1));
      expect((await ada.request('POST', `/conversations/${conversationId}/messages`, draft)).status).toBe(201);
      const [heard] = await listener.hear('entry');
      expect(heard).toMatchObject({ id: draft.id, seq: 1, senderId: ada.accountId });
      expect(heard).not.toHaveProperty('ciphertext');
    });

    test('changes of members, of accounts and of receipts, and who is typing', async () => {
      const [ada, bob] = await people(relays.here, 2);
      const [adaThere, bobThere] = [await connectThere(ada), await connectThere(bob)];
      const conversationId = await groupOf(ada, [bob]);
      expect(await bobThere.hear('entry')).toMatchObject([{ conversationId, seq: 1, kind: 'members' }]);
      await ada.send(conversationId, 'seen?');
      await bob.request('PUT', `/conversations/${conversationId}/receipts`, { read: 2 });
      await until(
        () => adaThere.payloads('receipt').some(({ kind: mark, upTo }) => mark === 'read' && upTo === 2),
        'the receipt came',
      );
      await bob.request('PATCH', '/auth/me', { displayName: 'Bob of the other relay' });
      await until(
        () =>
          adaThere
            .payloads('account:changed')
            .some(({ what, subject }) => what === 'profile' && subject === bob.accountId),
        'the change of the profile came',
      );
      const typist = closeLater(await ada.socket());
      await typist.emit('typing', { conversationId, active: true });
      expect(await bobThere.hear('typing')).toEqual([{ conversationId, accountId: ada.accountId, active: true }]);
    });

    test('what is for one device', async () => {
      const [ada, bob] = await people(relays.here, 2);
      const listener = await connectThere(bob);
      await MlsGroup.with(ada, bob);
      expect(await listener.hear('welcome')).toMatchObject([{ generation: 1 }]);
      const low = { suite: 83, available: 15 };
      relays.here.part(Delivery).push('keyPackages:low', low, { devices: [bob.deviceId as DeviceId] });
      expect(await listener.hear('keyPackages:low')).toEqual([low]);
    });

    test('the end of a session, and why, within a second (C-15)', async () => {
      const reasons: unknown[] = [];
      for (const user of await people(relays.here, 3)) {
        const socket = await connectThere(user);
        await user.request('POST', '/auth/logout');
        await socket.closed(PROMPTLY);
        reasons.push(...socket.payloads('session:revoked').map(({ reason }) => reason));
      }
      // It also looks at the database twice a second, which may come first, and does not know the reason.
      expect(reasons).toHaveLength(3);
      expect(reasons).toContain('signed_out');
    });

    test('that pushes were lost', async () => {
      const [ada] = await people(relays.here, 1);
      const socket = await connectThere(ada);
      relays.here.part(Delivery).resync();
      await socket.hear('resync');
    });

    test('what is limited', async () => {
      const [ada] = await people(relays.here, 1);
      const { burst } = LIMIT_TABLE.profile;
      const statuses: number[] = [];
      for (let index = 0; index < burst + 2; index++) {
        const relay = index % 2 === 0 ? relays.here : relays.there;
        const body = { displayName: `Ada ${index}` };
        statuses.push((await call(relay, 'PATCH', '/v1/auth/me', { body, token: ada.token })).status);
      }
      expect(statuses).toEqual([...Array<number>(burst).fill(200), 429, 429]);
    });
  },
);

describe('by redis a relay', () => {
  const relays = TwoRelays.duringTests('redis');
  let redis: Redis;
  beforeAll(() => (redis = new Redis(relays.redis.url)));
  afterAll(() => redis.disconnect());
  const channelsOf = async ({ accountId, deviceId }: TestUser): Promise<string[]> => {
    const channels = (await redis.call('PUBSUB', 'SHARDCHANNELS')) as string[];
    return channels.filter((channel) => [accountId, deviceId].some((id) => channel.endsWith(id))).sort();
  };

  it('hears what is about its own sockets, and no longer than they are there', async () => {
    const [ada, bob] = await people(relays.here, 2);
    const [first, second] = [await ada.socket(), await ada.socket()];
    const expected = [`sealpost:bus:account:${ada.accountId}`, `sealpost:bus:device:${ada.deviceId}`];
    // Whoever is told that they are connected is heard of already.
    expect(await channelsOf(ada)).toEqual(expected);
    expect(await channelsOf(bob)).toEqual([]);
    first.close();
    await ada.request('PATCH', '/auth/me', { displayName: 'still here' });
    await second.hear('account:changed');
    expect(await channelsOf(ada)).toEqual(expected);
    second.close();
    await until(async () => (await channelsOf(ada)).length === 0, 'nobody listens any more');
  });

  it('tells nothing that clients have not encrypted, and no name but those that are in entries anyway', async () => {
    const { ada, bob, conversationId } = await pair(relays.here);
    const listener = await TestSocket.connect(relays.there.url, bob.token);
    const spy = redis.duplicate();
    const heard: string[] = [];
    spy.on('smessage', (_channel: string, text: string) => heard.push(text));
    await spy.ssubscribe(`sealpost:bus:account:${bob.accountId}`);
    await ada.request('PATCH', '/auth/me', { displayName: 'Countess' });
    const { id } = (await ada.send(conversationId, 'sealed')).body as { id: string };
    await until(() => heard.some((text) => text.includes(id)), 'the message went by');
    spy.disconnect();
    listener.close();
    expect(heard.join()).not.toContain('Countess');
  });
});
