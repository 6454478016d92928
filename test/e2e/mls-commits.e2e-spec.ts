import { people, TestRelay } from '#testing';
import { v7 } from 'uuid';
import { accept, add, giveRole, leave, logOf, remove, reserved, rolesOf } from './conversing.js';
import { MlsGroup } from './mls-group.js';

const relay = TestRelay.duringTests();

describe('a commit', () => {
  it('begins a group, brings members in with their devices, and stands in the log before what it changes', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const group = await MlsGroup.with(ada, grace, alan);
    expect(await group.seenBy(grace)).toMatchObject({
      protocol: 'mls',
      stays: [{ from: 4, to: null }],
      group: { generation: 1, epoch: 2, minEpoch: 1, due: [] },
    });
    expect(await rolesOf(ada, group.id)).toEqual({
      [ada.username]: 'owner',
      [grace.username]: 'member',
      [alan.username]: 'member',
    });
    const log = await logOf(relay, group.id);
    expect(log.map(({ seq, kind }) => [seq, kind])).toEqual([
      [1, 1],
      [2, 3],
      [3, 3],
      [4, 1],
    ]);
  });

  it('is the only one of its epoch: of fifty at once one is taken, the others are told where the group stands (C-31)', async () => {
    const [ada, grace] = await people(relay, 2);
    const group = await MlsGroup.with(ada, grace);
    const before = { generation: group.generation, epoch: group.epoch };
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        n % 2 === 0 ? group.commit(ada, { at: before }) : group.commit(grace, { at: before, from: 1 }),
      ),
    );
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = replies.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(49);
    for (const { body } of refused)
      expect(body).toMatchObject({ code: 'stale_epoch', group: { ...before, epoch: before.epoch + 1 } });
    expect((await logOf(relay, group.id)).filter(({ kind }) => kind === 3)).toHaveLength(3);
  });

  it('is done once for one id, also by ten requests at once and with another body', async () => {
    const [ada, grace] = await people(relay, 2);
    const group = await MlsGroup.of(ada);
    const id = v7();
    const first = group.request(ada, { id, add: [grace], joining: [grace] });
    const path = `/conversations/${group.id}/commits`;
    const replies = await Promise.all(Array.from({ length: 10 }, () => ada.request('POST', path, first)));
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 201));
    expect(replies.filter(({ body }) => body.duplicate === false)).toHaveLength(1);
    const later = await ada.request('POST', path, group.request(ada, { id, at: { generation: 1, epoch: 40 } }));
    expect(later.body).toEqual({ id, seq: 3, generation: 1, epoch: 2, duplicate: true });
  });

  it.each([
    ['of an epoch that is over', { generation: 1, epoch: 0 }],
    ['of an epoch to come', { generation: 1, epoch: 2 }],
    ['of a group to come that is not at its beginning', { generation: 2, epoch: 1 }],
    ['of a group after the next', { generation: 3, epoch: 0 }],
  ])('%s is refused (C-32)', async (_case, at) => {
    const [ada] = await people(relay, 1);
    const group = await MlsGroup.of(ada);
    expect(await group.commit(ada, { at })).toMatchObject({
      status: 409,
      body: { code: 'stale_epoch', group: { generation: 1, epoch: 1 } },
    });
  });

  it('from a leaf of somebody else is refused, and from one that is not there (C-32)', async () => {
    const [ada, grace] = await people(relay, 2);
    const group = await MlsGroup.with(ada, grace);
    for (const from of [0, 2]) expect(await group.commit(grace, { from })).toMatchObject({ status: 403 });
    const other = await grace.onNewDevice();
    expect(await group.commit(other, { from: 1 })).toMatchObject({ status: 403 });
  });

  it('of strangers, the invited and who has left is not found', async () => {
    const [ada, stranger, left] = await people(relay, 3);
    const asked = await reserved(relay);
    const group = await MlsGroup.with(ada, left, asked);
    await leave(left, group.id);
    for (const user of [stranger, left, asked]) {
      expect(await group.commit(user)).toMatchObject({ status: 404, body: { code: 'not_found' } });
      expect((await user.request('GET', `/conversations/${group.id}/group-info`)).status).toBe(404);
    }
  });
});

describe('what a commit says about the roster', () => {
  it('brings in by invitation whoever wants to be asked', async () => {
    const [ada] = await people(relay, 1);
    const asked = await reserved(relay);
    const group = await MlsGroup.with(ada, asked);
    expect((await ada.request('GET', `/conversations/${group.id}`)).body.members[1].state).toBe('invited');
    expect((await accept(asked, group.id)).status).toBe(204);
    expect((await group.commit(asked, { from: 1 })).status).toBe(201);
  });

  it('must be what its proposals do', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const group = await MlsGroup.with(ada, grace);
    const mistaken = [
      { add: [alan] },
      { joining: [alan] },
      { add: [grace] },
      { add: [alan, alan], joining: [alan] },
      { leaving: [grace] },
      { leaving: [alan], remove: [1] },
      { remove: [1, 1], leaving: [grace] },
      { remove: [7] },
      { remove: [0] },
      { roles: [{ accountId: alan.accountId, role: 'admin' }] },
      { roles: [{ accountId: ada.accountId, role: 'admin' }] },
      { roles: [{ accountId: grace.accountId, role: 'owner' }] },
    ] as const;
    for (const doing of mistaken) expect(await group.commit(ada, doing)).toMatchObject({ status: 400 });
    expect(await group.seenBy(ada)).toMatchObject({ group: { epoch: 2 }, headSeq: 4 });
  });

  it('goes by the rules of every group', async () => {
    const [ada, grace, alan, hedy] = await people(relay, 4);
    const group = await MlsGroup.with(ada, grace, alan);
    const byGrace = { from: 1 };
    expect((await group.commit(grace, { ...byGrace, add: [hedy], joining: [hedy] })).status).toBe(403);
    expect((await group.commit(grace, { ...byGrace, remove: [2], leaving: [alan] })).status).toBe(403);
    await group.done(ada, { roles: [{ accountId: grace.accountId, role: 'admin' }] });
    await group.done(grace, { ...byGrace, add: [hedy], joining: [hedy] });
    await group.done(grace, { ...byGrace, remove: [2], leaving: [alan] });
    const handedOver = [
      { accountId: ada.accountId, role: 'admin' },
      { accountId: grace.accountId, role: 'owner' },
    ] as const;
    await group.done(ada, { roles: [...handedOver].sort((a, b) => (a.accountId < b.accountId ? -1 : 1)) });
    expect(await rolesOf(hedy, group.id)).toEqual({
      [ada.username]: 'admin',
      [grace.username]: 'owner',
      [hedy.username]: 'member',
    });
  });

  it('is not to be said by plain requests', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const group = await MlsGroup.with(ada, grace);
    for (const reply of [
      await add(ada, group.id, alan),
      await remove(ada, group.id, grace),
      await giveRole(ada, group.id, grace, 'admin'),
    ])
      expect(reply).toMatchObject({ status: 409, body: { code: 'commit_required' } });
  });

  it('changes nobody in a direct conversation, which both may bring their devices into', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const second = await ada.onNewDevice();
    const group = await MlsGroup.direct(ada, grace);
    expect((await group.commit(ada, { add: [alan], joining: [alan] })).status).toBe(403);
    expect((await group.commit(ada, { add: [alan] })).status).toBe(400);
    await group.done(ada, { add: [second, grace] });
    expect((await group.send(grace)).status).toBe(201);
  });
});

describe('the devices of a group', () => {
  it('take the leftmost free leaf, as every member computes it', async () => {
    const [ada, grace, alan, hedy] = await people(relay, 4);
    const second = await ada.onNewDevice();
    const group = await MlsGroup.with(ada, grace, alan);
    await group.done(ada, { remove: [1], leaving: [grace], add: [second, hedy], joining: [hedy] });
    expect((await group.commit(hedy, { from: 3 })).status).toBe(201);
    expect((await group.commit(second, { from: 1 })).status).toBe(201);
  });

  it('of other members stay, while those members do', async () => {
    const [ada, grace] = await people(relay, 2);
    const second = await grace.onNewDevice();
    const group = await MlsGroup.with(ada, grace);
    await group.done(grace, { from: 1, add: [second] });
    expect(await group.commit(ada, { remove: [2] })).toMatchObject({ status: 403 });
    expect((await group.commit(grace, { from: 1, remove: [2] })).status).toBe(201);
  });

  it('that were revoked are not let in', async () => {
    const [ada, grace] = await people(relay, 2);
    const second = await grace.onNewDevice();
    const group = await MlsGroup.with(ada, grace);
    await grace.request('DELETE', `/devices/${second.deviceId}`);
    expect(await group.commit(ada, { add: [second] })).toMatchObject({ status: 400, body: { code: 'invalid_commit' } });
  });

  it('come in by themselves from outside: to take their own place, and nothing else', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const group = await MlsGroup.with(ada, grace);
    await group.done(grace, { from: 'outside', remove: [1] });
    expect(await group.seenBy(ada)).toMatchObject({ group: { epoch: 3, minEpoch: 1 } });
    const fresh = await ada.onNewDevice();
    expect(await group.commit(fresh, { from: 'outside' })).toMatchObject({ status: 400 });
    for (const doing of [
      { remove: [0, 1] },
      { remove: [0] },
      {},
      { remove: [1], add: [alan], joining: [alan] },
      { remove: [1], roles: [{ accountId: ada.accountId, role: 'member' as const }] },
    ])
      expect((await group.commit(grace, { ...doing, from: 'outside' })).status).toBe(400);
    expect(await group.commit(alan, { from: 'outside' })).toMatchObject({ status: 404 });
  });

  it('find what they need for that in the newest group info, which one of them may repair', async () => {
    const [ada, grace] = await people(relay, 2);
    const group = await MlsGroup.with(ada, grace);
    const request = group.request(ada);
    const path = `/conversations/${group.id}`;
    await ada.request('POST', `${path}/commits`, request);
    const found = await grace.request('GET', `${path}/group-info`);
    expect(found.body).toEqual({ generation: 1, epoch: 3, groupInfo: request.groupInfo });
    const next = group.request(ada, { at: { generation: 1, epoch: 2 } }).groupInfo;
    expect((await grace.request('PUT', `${path}/group-info`, { groupInfo: next })).status).toBe(204);
    expect((await ada.request('GET', `${path}/group-info`)).body.groupInfo).toBe(next);
    const stale = group.request(ada, { at: { generation: 1, epoch: 7 } }).groupInfo;
    expect(await grace.request('PUT', `${path}/group-info`, { groupInfo: stale })).toMatchObject({ status: 409 });
    const outside = await grace.onNewDevice();
    expect((await outside.request('PUT', `${path}/group-info`, { groupInfo: next })).status).toBe(403);
  });
});
