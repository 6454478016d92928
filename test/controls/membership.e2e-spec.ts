import { draftOf, people, TestRelay, TestSocket, type TestUser } from '#testing';
import { accept, add, remove, reserved } from '../e2e/conversing.js';
import { groupOf, sentinel } from '../e2e/sending.js';

const relay = TestRelay.duringTests();
const ROUNDS = 10;

/** What a socket is told when it does all that a member may. */
async function attempts(socket: TestSocket, conversationId: string): Promise<(string | undefined)[]> {
  const replies = [
    await socket.emit('message:send', { conversationId, ...draftOf('x') }),
    await socket.emit('typing', { conversationId, active: true }),
  ];
  return replies.map(({ error }) => error?.code);
}

const REFUSED = ['not_found', 'not_found'];
const ALLOWED = [undefined, undefined];

describe('a change of members', () => {
  it('holds for the very next event of a socket that was open all the time, as often as it changes (C-22)', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await groupOf(ada, []);
    const socket = await bob.socket();
    for (let round = 0; round < ROUNDS; round++) {
      expect(await attempts(socket, conversationId)).toEqual(REFUSED);
      await add(ada, conversationId, bob);
      expect(await attempts(socket, conversationId)).toEqual(ALLOWED);
      await remove(ada, conversationId, bob);
    }
    expect(socket.isConnected).toBe(true);
    socket.close();
  });

  it('holds on the other node likewise (C-22)', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await groupOf(ada, []);
    const other = await TestRelay.start({ database: relay.database });
    try {
      const socket = await TestSocket.connect(other.url, bob.token);
      for (let round = 0; round < ROUNDS; round++) {
        expect(await attempts(socket, conversationId)).toEqual(REFUSED);
        await add(ada, conversationId, bob);
        expect(await attempts(socket, conversationId)).toEqual(ALLOWED);
        await remove(ada, conversationId, bob);
      }
      socket.close();
    } finally {
      await other.stop();
    }
  });

  it('decides who is pushed the very next message (C-22)', async () => {
    const [ada, bob] = await people(relay, 2);
    const conversationId = await groupOf(ada, []);
    const socket = await bob.socket();
    const meant: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      await ada.send(conversationId, 'while bob is away');
      await add(ada, conversationId, bob);
      const draft = draftOf('while bob is here');
      await ada.request('POST', `/conversations/${conversationId}/messages`, draft);
      meant.push(draft.id);
      await remove(ada, conversationId, bob);
    }
    await ada.send(conversationId, 'after bob');
    await sentinel(ada, bob, socket);
    expect(messagesIn(socket, conversationId)).toEqual(meant);
    socket.close();
  });
});

const messagesIn = (socket: TestSocket, conversationId: string): string[] =>
  socket
    .payloads<{ id: string; conversationId: string; kind: string }>('entry')
    .filter((entry) => entry.conversationId === conversationId && entry.kind === 'message')
    .map(({ id }) => id);

describe('a contact request', () => {
  /** Everything that somebody who was asked can come by. */
  async function reachable(grace: TestUser, id: string): Promise<string> {
    const reads = [`/conversations/${id}`, `/conversations/${id}/messages`, `/conversations/${id}/receipts`];
    const lists = ['/conversations', '/messages/inbox', '/messages/sent', '/contacts'];
    const replies = await Promise.all([...reads, ...lists].map((path) => grace.request('GET', path)));
    const synced = await grace.request('POST', '/sync', { revision: 0, cursors: { [id]: 0 } });
    return JSON.stringify([...replies, synced].map(({ body }) => body as unknown));
  }

  it('brings no content, receipt or typing to either side before it is accepted, and all of it after (C-33)', async () => {
    const [[ada, friend], grace] = [await people(relay, 2), await reserved(relay)];
    const id = await ada.directWith(grace);
    const [asking, asked] = [await ada.socket(), await grace.socket()];
    const draft = draftOf('sealed for grace');
    expect((await asking.emit('message:send', { conversationId: id, ...draft })).ok).toBe(true);
    expect((await asking.emit('typing', { conversationId: id, active: true })).ok).toBe(true);
    for (const event of ['typing', 'receipt:update', 'message:send']) {
      const body = { typing: { active: true }, 'receipt:update': { read: 1 }, 'message:send': draftOf('x') }[event];
      const { ok, error } = await asked.emit(event, { conversationId: id, ...body });
      expect([event, ok, error?.code]).toEqual([event, false, 'not_found']);
    }
    for (const [method, path, body] of [
      ['PUT', 'receipts', { read: 1 }],
      ['POST', `messages/${draft.id}/delivered`, undefined],
      ['POST', `messages/${draft.id}/read`, undefined],
      ['GET', `messages/${draft.id}`, undefined],
    ] as const)
      expect((await grace.request(method, `/conversations/${id}/${path}`, body)).status).toBe(404);
    expect(await reachable(grace, id)).not.toMatch(new RegExp(`${draft.id}|${draft.ciphertext}`));
    await friend.request('PUT', `/contacts/${grace.username}`, { state: 'accepted' });
    await grace.request('PUT', `/contacts/${friend.username}`, { state: 'accepted' });
    await sentinel(friend, grace, asked);
    expect(heardOf(asked, id)).toEqual([]);
    expect(heardOf(asking, id)).toEqual([]);

    await accept(grace, id);
    expect(await reachable(grace, id)).toContain(draft.ciphertext);
    await asking.emit('typing', { conversationId: id, active: true });
    await asked.emit('receipt:update', { conversationId: id, read: 1 });
    await asked.hear('typing');
    await asking.hear('receipt');
    asking.close();
    asked.close();
  });

  /** Which events a socket was pushed about a conversation. */
  function heardOf(socket: TestSocket, conversationId: string): string[] {
    return ['entry', 'typing', 'receipt'].filter((event) =>
      socket.payloads<{ conversationId: string }>(event).some((one) => one.conversationId === conversationId),
    );
  }

  it('that is declined leaves nothing to be read, and nothing that could be marked (C-33)', async () => {
    const [[ada], grace] = [await people(relay, 1), await reserved(relay)];
    const id = await ada.directWith(grace);
    const draft = draftOf('sealed for grace');
    await ada.request('POST', `/conversations/${id}/messages`, draft);
    await grace.request('POST', `/conversations/${id}/leave`);
    expect(await reachable(grace, id)).not.toMatch(new RegExp(`${draft.id}|${draft.ciphertext}`));
    expect((await grace.request('PUT', `/conversations/${id}/receipts`, { read: 1 })).status).toBe(404);
  });
});
