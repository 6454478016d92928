import { closeAfterEach, draftOf, people, TestRelay, type TestUser, until } from '#testing';
import { Follower } from './follower.js';
import { type Draft, draftsOf, groupOf, sendBurst, sendUntilPlaced } from './sending.js';

const relay = TestRelay.duringTests();
const { clock } = relay;
const closeLater = closeAfterEach();

async function follow(user: TestUser): Promise<Follower> {
  return closeLater(await Follower.follow(relay.url, user));
}

/** Waits until a device has as many messages, then says which, in its order. */
async function idsOf(follower: Follower, conversationId: string, count: number): Promise<string[]> {
  await until(() => follower.logOf(conversationId).length >= count, `${count} entries came`, 30_000);
  return follower.logOf(conversationId).map(({ id }) => id);
}

function expectContiguous(follower: Follower, conversationId: string): void {
  const log = follower.logOf(conversationId);
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_entry, index) => index + 1));
}

test('a message reaches the other one live, as its sender encrypted it', async () => {
  const [ada, bob] = await people(relay, 2);
  const conversationId = await ada.directWith(bob);
  const [sender, recipient] = [await ada.socket(), await bob.socket()];
  const draft = draftOf('live');
  const reply = await sender.emit('message:send', { conversationId, ...draft });
  expect(reply).toMatchObject({ ok: true, conversationId, id: draft.id, seq: 1, duplicate: false });

  const [entry] = await recipient.hear('entry');
  expect(entry).toEqual({
    ...draft,
    conversationId,
    seq: 1,
    kind: 'message',
    senderId: ada.accountId,
    sender: ada.username,
    senderDeviceId: ada.deviceId,
    createdAt: reply.createdAt,
  });
  sender.close();
  recipient.close();
});

test('who was offline finds everything by sync, page by page, and hears live from then on', async () => {
  const [ada, bob] = await people(relay, 2);
  const conversationId = await ada.directWith(bob);
  const drafts = draftsOf(130);
  for (const draft of drafts) await sendUntilPlaced(ada, conversationId, draft);

  const { items } = await bob.syncAll();
  expect(items[conversationId]!.map(({ id, ciphertext }) => ({ id, ciphertext }))).toEqual(drafts);
  const follower = await follow(bob);
  await idsOf(follower, conversationId, 130);
  const last = await sendUntilPlaced(ada, conversationId, draftOf('live again'));
  expect((await idsOf(follower, conversationId, 131)).at(-1)).toBe(last.id);
  expect(follower.logOf(conversationId).at(-1)!.cameBy).toBe('push');
});

test('every device of both has the same log, the sending one by its acknowledgements', async () => {
  const [ada, bob] = await people(relay, 2);
  const devices = [ada, await ada.onNewDevice(), bob, await bob.onNewDevice()];
  const conversationId = await ada.directWith(bob);
  const sockets = await Promise.all(devices.map((device) => device.socket()));
  const placed = await sendBurst(sockets[0]!, conversationId, draftsOf(20));

  const heard = await Promise.all(
    sockets.slice(1).map((socket) => socket.hear<{ id: string; seq: number }>('entry', 20)),
  );
  for (const entries of heard) expect(entries.map(({ id, seq }) => ({ id, seq }))).toEqual(placed);
  expect(sockets[0]!.payloads('entry')).toEqual([]);
  for (const socket of sockets) socket.close();
});

test('five who write at once into one group all end up with one and the same log', async () => {
  const users = await people(relay, 5);
  const conversationId = await groupOf(users[0], users.slice(1));
  const devices = await Promise.all(users.map(follow));
  const sockets = await Promise.all(users.map((user) => user.socket()));
  const drafts = users.map((_user, index) => draftsOf(20, `from ${index}`));
  const placed = await Promise.all(sockets.map((socket, index) => sendBurst(socket, conversationId, drafts[index]!)));
  for (const [index, socket] of sockets.entries()) {
    devices[index]!.acknowledged(conversationId, placed[index]!.at(-1)!.seq);
    socket.close();
  }

  // 100 messages after the entry by which the group began.
  const logs = await Promise.all(devices.map((device) => idsOf(device, conversationId, 101)));
  for (const log of logs) expect(log).toEqual(logs[0]);
  for (const device of devices) expectContiguous(device, conversationId);
  for (const [index, own] of placed.entries()) {
    expect(logs[0]!.filter((id) => own.some((one) => one.id === id))).toEqual(drafts[index]!.map(({ id }) => id));
    expect(own.every(({ id, seq }) => logs[0]![seq - 1] === id)).toBe(true);
  }
});

describe('receipts', () => {
  test('each message shows when it was delivered and read, to the millisecond', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await ada.directWith(bob);
    const placed = await Promise.all(draftsOf(3).map((draft) => sendUntilPlaced(ada, conversationId, draft)));
    const idAt = (seq: number): string => placed.find((one) => one.seq === seq)!.id;
    const [sender, recipient] = [await ada.socket(), await bob.socket()];

    await recipient.emit('receipt:update', { conversationId, delivered: 2 });
    const [delivered] = await sender.hear('receipt', 1);
    clock.advance(1_234);
    await recipient.emit('receipt:update', { conversationId, read: 1 });
    const read = (await sender.hear('receipt', 2))[1]!;
    clock.advance(4_321);
    expect((await bob.request('POST', `/conversations/${conversationId}/messages/${idAt(3)}/read`)).status).toBe(204);
    const later = (await sender.hear('receipt', 4)).slice(2);

    expect(delivered).toEqual({
      conversationId,
      accountId: bob.accountId,
      kind: 'delivered',
      upTo: 2,
      at: delivered!.at,
    });
    expect(read).toMatchObject({ kind: 'read', upTo: 1 });
    expect(later.map(({ kind, upTo }) => [kind, upTo])).toEqual([
      ['delivered', 3],
      ['read', 3],
    ]);
    const last = later[0]!.at;
    const marks = await Promise.all(
      [1, 2, 3].map(
        async (seq) => (await ada.request('GET', `/conversations/${conversationId}/messages/${idAt(seq)}`)).body,
      ),
    );
    expect(marks.map(({ deliveredAt, readAt }) => [deliveredAt, readAt])).toEqual([
      [delivered!.at, read.at],
      [delivered!.at, last],
      [last, last],
    ]);
    sender.close();
    recipient.close();
  });

  test('a group message is delivered when the last member has it, and says who has', async () => {
    const [ada, bob, cleo] = await people(relay, 3);
    const conversationId = await groupOf(ada, [bob, cleo]);
    const { id, seq } = await sendUntilPlaced(ada, conversationId, draftOf('to both'));
    const read = async () => (await ada.request('GET', `/conversations/${conversationId}/messages/${id}`)).body;
    await bob.request('PUT', `/conversations/${conversationId}/receipts`, { delivered: seq });
    expect(await read()).toMatchObject({ deliveredAt: null, readAt: null });

    clock.advance(5_000);
    await cleo.request('PUT', `/conversations/${conversationId}/receipts`, { read: seq });
    const message = await read();
    const of = (user: TestUser) =>
      message.receipts.find(({ accountId }: { accountId: string }) => accountId === user.accountId);
    expect(of(bob).deliveredAt < of(cleo).deliveredAt).toBe(true);
    expect(message).toMatchObject({ deliveredAt: of(cleo).deliveredAt, readAt: null });
    expect(of(bob).readAt).toBeNull();
  });

  test('nobody but the senders concerned hears of them', async () => {
    const [ada, bob, cleo] = await people(relay, 3);
    const conversationId = await groupOf(ada, [bob, cleo]);
    const { seq } = await sendUntilPlaced(ada, conversationId, draftOf('by ada'));
    const [sender, bystander] = [await ada.socket(), await cleo.socket()];
    await bob.request('PUT', `/conversations/${conversationId}/receipts`, { delivered: seq });
    await sender.hear('receipt');
    await sendUntilPlaced(ada, conversationId, draftOf('a sign that all before it was pushed'));
    await bystander.hear('entry');
    expect(bystander.payloads('receipt')).toEqual([]);
    sender.close();
    bystander.close();
  });
});

test('a device whose connection breaks again and again in a burst has every message once, in order', async () => {
  const [ada, bob] = await people(relay, 2);
  const conversationId = await ada.directWith(bob);
  const follower = await follow(bob);
  const socket = await ada.socket();
  const drafts = draftsOf(600);
  const placed: string[] = [];
  for (let from = 0; from < drafts.length; from += 100) {
    const burst = sendBurst(socket, conversationId, drafts.slice(from, from + 100));
    await until(() => follower.logOf(conversationId).length > from, 'the burst has begun');
    follower.drop();
    placed.push(...(await burst).map(({ id }) => id));
  }
  socket.close();
  expect(await idsOf(follower, conversationId, 600)).toEqual(drafts.map(({ id }) => id));
  expect(placed).toEqual(drafts.map(({ id }) => id));
  expectContiguous(follower, conversationId);
});

test('a relay that restarts in a burst loses nothing, doubles nothing and reorders nothing', async () => {
  const users = await people(relay, 3);
  const conversationId = await groupOf(users[0], users.slice(1));
  const devices = await Promise.all(users.map(follow));
  const drafts = users.map((_user, index) => draftsOf(80, `from ${index}`));
  const total = 1 + drafts.flat().length;
  const sending = Promise.all(users.map((user, index) => sendInOrder(user, conversationId, drafts[index]!)));
  for (const part of [0.25, 0.6]) {
    await until(() => devices[0]!.logOf(conversationId).length > total * part, 'the burst has come so far', 30_000);
    await relay.restart();
  }
  const placed = await sending;
  for (const [index, device] of devices.entries()) device.acknowledged(conversationId, placed[index]!.at(-1)!.seq);

  const logs = await Promise.all(devices.map((device) => idsOf(device, conversationId, total)));
  for (const log of logs) expect(log).toEqual(logs[0]);
  for (const device of devices) expectContiguous(device, conversationId);
  for (const [index, own] of placed.entries()) {
    expect(own.map(({ seq }) => logs[0]![seq - 1])).toEqual(drafts[index]!.map(({ id }) => id));
    expect([...own].sort((a, b) => a.seq - b.seq)).toEqual(own);
  }
  expect(new Set(logs[0]).size).toBe(total);
});

/** One after the other, each until it is acknowledged. */
async function sendInOrder(user: TestUser, conversationId: string, drafts: readonly Draft[]) {
  const placed = [];
  for (const draft of drafts) placed.push(await sendUntilPlaced(user, conversationId, draft));
  return placed;
}
