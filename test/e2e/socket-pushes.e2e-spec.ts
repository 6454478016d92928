import { connectUntilTestEnds, draftOf, pair, people, TestRelay, TestUser, until } from '#testing';
import { groupOf, sentinel } from './sending.js';

const relay = TestRelay.duringTests();
const connect = connectUntilTestEnds();

describe('rooms', () => {
  test('are nobody’s to join: a stranger who asks in every way hears nothing (C-42)', async () => {
    const { ada, bob, conversationId } = await pair(relay);
    const stranger = await TestUser.register(relay);
    const [eve, listener] = [await connect(stranger), await connect(bob)];
    const rooms = [conversationId, `account:${bob.accountId}`, `device:${bob.deviceId}`];
    for (const event of ['join', 'subscribe', 'room', 'conversation:join', 'joinRoom'])
      for (const room of rooms)
        expect(await eve.emit(event, { room, conversationId, id: room })).toMatchObject({ ok: false });
    expect(await eve.emit('typing', { conversationId, active: true })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(await eve.emit('receipt:update', { conversationId, read: 1 })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(await eve.emit('message:send', { conversationId, ...draftOf('x') })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
    expect(await eve.emit('sync', { revision: 0, cursors: { [conversationId]: 0 } })).toMatchObject({
      ok: true,
      conversations: [],
    });

    await ada.send(conversationId, 'private');
    await listener.hear('entry');
    await listener.emit('typing', { conversationId, active: true });
    await bob.request('PUT', `/conversations/${conversationId}/receipts`, { read: 1 });
    await sentinel(ada, stranger, eve);
    const heard = eve.payloads<{ conversationId: string }>('entry');
    expect(heard.filter((entry) => entry.conversationId === conversationId)).toEqual([]);
    expect([...eve.payloads('typing'), ...eve.payloads('receipt')]).toEqual([]);
  });

  test('are left at once by a member who is removed', async () => {
    const [ada, bob, cleo] = await people(relay, 3);
    const conversationId = await groupOf(ada, [bob, cleo]);
    const [removed, listener] = [await connect(bob), await connect(cleo)];
    await ada.request('DELETE', `/conversations/${conversationId}/members`, { members: [bob.username] });
    const { id } = (await ada.send(conversationId, 'without bob')).body;
    await until(() => listener.payloads<{ id: string }>('entry').some((entry) => entry.id === id), 'cleo heard it');
    await sentinel(ada, bob, removed);
    expect(removed.payloads<{ id: string }>('entry').some((entry) => entry.id === id)).toBe(false);
    expect(await removed.emit('typing', { conversationId, active: true })).toMatchObject({
      ok: false,
      error: { code: 'not_found' },
    });
  });
});

test('typing reaches the other members, and not the devices of who types', async () => {
  const { ada, bob, conversationId } = await pair(relay);
  const [typist, own, other] = [await connect(ada), await connect(await ada.onNewDevice()), await connect(bob)];
  for (const active of [true, false])
    expect(await typist.emit('typing', { conversationId, active })).toEqual({ ok: true });
  const heard = await other.hear('typing', 2);
  expect(heard).toEqual([true, false].map((active) => ({ conversationId, accountId: ada.accountId, active })));
  await sentinel(bob, ada, own);
  expect([...own.payloads('typing'), ...typist.payloads('typing')]).toEqual([]);
});

test('an entry of more than 32 KiB is pushed as a hint, one of 32 KiB whole', async () => {
  const { ada, bob, conversationId } = await pair(relay);
  const listener = await connect(bob);
  const [whole, large] = [32 * 1024, 32 * 1024 + 1].map((bytes) => draftOf('x'.repeat(bytes)));
  for (const draft of [whole, large])
    expect((await ada.request('POST', `/conversations/${conversationId}/messages`, draft)).status).toBe(201);
  const [first, second] = await listener.hear('entry', 2);
  expect(first).toMatchObject({ id: whole!.id, ciphertext: whole!.ciphertext });
  expect(second).toMatchObject({ id: large!.id, seq: 2, senderId: ada.accountId });
  expect(second).not.toHaveProperty('ciphertext');
  const { items } = await bob.syncAll({ [conversationId]: 1 });
  expect(items[conversationId]![0]!.ciphertext).toBe(large!.ciphertext);
});
