import { connectUntilTestEnds, draftOf, people, TestRelay, type TestUser } from '#testing';
import { v7 } from 'uuid';
import { accept, leave, reserved, startDirect } from './conversing.js';
import { messageFrame } from './mls-frames.js';
import { MlsGroup, welcomesOf } from './mls-group.js';

const relay = TestRelay.duringTests();
const connect = connectUntilTestEnds();

async function epochs(group: MlsGroup, by: TestUser, count: number): Promise<void> {
  for (let n = 0; n < count; n++) await group.done(by);
}

describe('a message to a group', () => {
  it('is taken of the epoch that is, and of the two before, which its readers still have', async () => {
    const [ada, grace] = await people(relay, 2);
    const group = await MlsGroup.with(ada, grace);
    await epochs(group, ada, 3);
    const answers = [];
    for (const epoch of [6, 5, 4, 3, 2]) answers.push(await group.send(grace, { generation: 1, epoch }));
    expect(answers.map(({ status }) => status)).toEqual([409, 201, 201, 201, 409]);
    expect(answers[0]?.body).toMatchObject({ code: 'stale_epoch', group: { generation: 1, epoch: 5 } });
  });

  it('is refused of any epoch before a removal', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const group = await MlsGroup.with(ada, grace, alan);
    const before = { generation: group.generation, epoch: group.epoch };
    await group.done(ada, { remove: [2], leaving: [alan] });
    expect(await group.send(grace, before)).toMatchObject({ status: 409, body: { code: 'stale_epoch' } });
    expect(await group.send(alan)).toMatchObject({ status: 404 });
    expect((await group.send(grace)).status).toBe(201);
  });

  it('is refused of a device that is in the conversation, and not in the group', async () => {
    const [ada] = await people(relay, 1);
    const second = await ada.onNewDevice();
    const group = await MlsGroup.of(ada);
    expect(await group.send(second)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('must be an MLS message, and say itself where it belongs', async () => {
    const [ada, grace] = await people(relay, 2);
    const [group, other] = [await MlsGroup.with(ada, grace), await MlsGroup.with(ada, grace)];
    const id = v7();
    const right = { conversationId: group.id, generation: 1, epoch: 2, senderDeviceId: ada.deviceId, messageId: id };
    const wrong = [
      { ...right, conversationId: other.id },
      { ...right, senderDeviceId: grace.deviceId },
      { ...right, messageId: v7() },
    ];
    const path = `/conversations/${group.id}/messages`;
    for (const frame of wrong) {
      const ciphertext = messageFrame(frame);
      const reply = await ada.request('POST', path, { id, ciphertext });
      expect(reply).toMatchObject({ status: 400, body: { errors: [{ path: '/ciphertext' }] } });
    }
    expect((await ada.request('POST', path, draftOf('no MLS message'))).status).toBe(400);
    const ciphertext = messageFrame(right);
    expect((await ada.request('POST', path, { id, ciphertext })).status).toBe(201);
    const again = await ada.request('POST', path, { id, ciphertext: 'AA' });
    expect(again.body).toMatchObject({ duplicate: true, seq: 5 });
  });

  it('is any ciphertext in a conversation that is no group, also of one that looks like an MLS message', async () => {
    const [ada, grace] = await people(relay, 2);
    const opaque = (await startDirect(ada, grace)).body.id as string;
    const mls = await MlsGroup.direct(ada, grace);
    expect(opaque).not.toBe(mls.id);
    const frame = { conversationId: mls.id, generation: 1, epoch: 1, senderDeviceId: ada.deviceId, messageId: v7() };
    const ciphertext = messageFrame(frame);
    const reply = await ada.request('POST', `/conversations/${opaque}/messages`, { id: v7(), ciphertext });
    expect(reply.status).toBe(201);
  });
});

describe('while a leaf has to go', () => {
  it.each(['a device was revoked', 'a member left', 'an account was deleted'])(
    'because %s, nobody sends, until any member commits it',
    async (why) => {
      const [ada, grace, alan] = await people(relay, 3);
      const second = await alan.onNewDevice();
      const group = await MlsGroup.with(ada, grace, alan);
      await group.done(alan, { from: 2, add: [second] });
      if (why === 'a device was revoked') await alan.request('DELETE', `/devices/${second.deviceId}`);
      if (why === 'a member left') await leave(alan, group.id);
      if (why === 'an account was deleted') await alan.request('DELETE', '/auth/me', { authKey: alan.authKey });
      const due = why === 'a device was revoked' ? [3] : [2, 3];
      expect(await group.send(grace)).toMatchObject({ status: 409, body: { code: 'removal_pending' } });
      const seen = await group.seenBy(ada);
      expect(seen.group.due.map(({ leaf }: { leaf: number }) => leaf)).toEqual(due);
      await group.done(ada);
      expect(await group.send(grace)).toMatchObject({ status: 409, body: { code: 'removal_pending' } });
      await group.done(grace, { from: 1, remove: due });
      expect((await group.send(grace)).status).toBe(201);
      expect(await group.seenBy(ada)).toMatchObject({ group: { due: [], minEpoch: group.epoch } });
    },
  );

  it('nobody is let in, but by a commit that takes it out as well', async () => {
    const [ada, grace, alan, linus] = await people(relay, 4);
    const group = await MlsGroup.with(ada, grace, alan);
    await leave(alan, group.id);
    const letIn = { add: [linus], joining: [linus] };
    expect(await group.commit(ada, letIn)).toMatchObject({ status: 409, body: { code: 'removal_pending' } });
    expect(await welcomesOf(linus)).toEqual([]);
    await group.done(grace, { from: 'outside', remove: [1] });
    await group.done(ada, { ...letIn, remove: [2] });
    expect(await welcomesOf(linus)).toHaveLength(1);
    expect((await group.send(grace)).status).toBe(201);
  });

  it('a commit that adds the very device which is being revoked does not let it stay', async () => {
    const [ada, grace] = await people(relay, 2);
    const group = await MlsGroup.with(ada, grace);
    for (let n = 0; n < 8; n++) {
      const device = await grace.onNewDevice();
      const [added] = await Promise.all([
        group.commit(ada, { add: [device] }),
        grace.request('DELETE', `/devices/${device.deviceId}`),
      ]);
      const { due } = (await group.seenBy(ada)).group as { due: { leaf: number }[] };
      expect(due).toHaveLength(added.status === 201 ? 1 : 0);
      if (due.length > 0) await group.done(ada, { remove: due.map(({ leaf }) => leaf) });
    }
    expect((await group.send(grace)).status).toBe(201);
  });

  it('a group that is begun anew is whole', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const group = await MlsGroup.with(ada, grace, alan);
    await leave(alan, group.id);
    await group.done(grace, { at: { generation: 2, epoch: 0 }, add: [ada] });
    expect(await group.seenBy(ada)).toMatchObject({ group: { generation: 2, epoch: 1, minEpoch: 1, due: [] } });
    expect((await group.send(ada)).status).toBe(201);
    expect(await group.send(ada, { generation: 1, epoch: 2 })).toMatchObject({ status: 409 });
  });
});

describe('a welcome', () => {
  it('waits for each device that was added, is pushed to it, and goes when it was dealt with', async () => {
    const [ada, grace] = await people(relay, 2);
    const second = await grace.onNewDevice();
    const group = await MlsGroup.with(ada, grace);
    const socket = await connect(second);
    const other = await connect(grace);
    const { body } = await group.done(ada, { add: [second] });
    const notice = { id: body.id, conversationId: group.id, seq: 5, generation: 1, epoch: 3 };
    expect(await socket.hear('welcome')).toEqual([notice]);
    const synced = await second.request('POST', '/sync', { revision: 0, cursors: {} });
    expect(synced.body.welcomes).toEqual([notice]);
    expect(synced.body.changes).toContainEqual(expect.objectContaining({ what: 'welcomes', subject: group.id }));
    expect(await welcomesOf(second)).toEqual([{ ...notice, welcome: expect.any(String) as string }]);
    expect((await ada.request('DELETE', `/welcomes/${body.id as string}`)).status).toBe(404);
    expect((await grace.request('DELETE', `/welcomes/${body.id as string}`)).status).toBe(404);
    expect((await second.request('DELETE', `/welcomes/${body.id as string}`)).status).toBe(204);
    expect((await second.request('DELETE', `/welcomes/${body.id as string}`)).status).toBe(404);
    expect(await welcomesOf(second)).toEqual([]);
    expect(await relay.query('SELECT 1 FROM welcomes WHERE id = $1', [body.id])).toEqual([]);
    expect(other.payloads('welcome')).toEqual([]);
  });

  it('of a group one is only invited to waits for the acceptance', async () => {
    const [ada] = await people(relay, 1);
    const asked = await reserved(relay);
    const group = await MlsGroup.with(ada, asked);
    expect(await welcomesOf(asked)).toEqual([]);
    await accept(asked, group.id);
    expect(await welcomesOf(asked)).toMatchObject([{ conversationId: group.id, epoch: 2 }]);
  });

  it('is taken back when its device is removed, or the group begins anew', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const group = await MlsGroup.with(ada, grace, alan);
    await group.done(ada, { remove: [1], leaving: [grace] });
    expect(await welcomesOf(grace)).toEqual([]);
    expect(await welcomesOf(alan)).toHaveLength(1);
    await group.done(ada, { at: { generation: 2, epoch: 0 }, add: [alan] });
    expect(await welcomesOf(alan)).toMatchObject([{ generation: 2, epoch: 1 }]);
    expect(await relay.query('SELECT 1 FROM welcomes WHERE conversation_id = $1', [group.id])).toHaveLength(1);
  });

  it('has an id of its own: a commit of another group that would have the same is refused', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const [group, other] = [await MlsGroup.of(ada), await MlsGroup.of(alan)];
    const id = v7();
    await group.done(ada, { id, add: [grace], joining: [grace] });
    const adding = { id, add: [grace], joining: [grace] };
    expect(await other.commit(alan, adding)).toMatchObject({ status: 409, body: { code: 'id_reused' } });
    await other.done(alan, { ...adding, id: v7() });
    expect((await welcomesOf(grace)).map(({ conversationId }) => conversationId)).toEqual([group.id, other.id]);
  });

  it('is handed out in pages, since each may be large', async () => {
    const [ada, grace] = await people(relay, 2);
    const groups = [];
    for (let n = 0; n < 10; n++) groups.push((await MlsGroup.with(ada, grace)).id);
    const first = (await grace.request('GET', '/welcomes')).body;
    const second = (await grace.request('GET', `/welcomes?cursor=${first.nextCursor as string}`)).body;
    expect(second.nextCursor).toBeNull();
    const seen = [...first.items, ...second.items] as { conversationId: string }[];
    expect(seen.map(({ conversationId }) => conversationId)).toEqual(groups);
  });
});
