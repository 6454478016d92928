import type { AccountId } from '#protocol';
import { people, TestRelay } from '#testing';
import { v7 } from 'uuid';
import { ConversationsService } from '../../apps/relay/src/conversations/index.js';
import { add, giveRole, leave, logOf, remove, rolesOf, startDirect, view } from './conversing.js';
import { groupOf } from './sending.js';

const relay = TestRelay.duringTests();

describe('roles', () => {
  it('let admins add and remove members, but neither owner nor admins', async () => {
    const [ada, grace, alan, edsger] = await people(relay, 4);
    const id = await groupOf(ada, [grace, alan]);
    await giveRole(ada, id, grace, 'admin');
    await giveRole(ada, id, alan, 'admin');
    expect((await add(grace, id, edsger)).status).toBe(200);
    expect((await remove(grace, id, edsger)).status).toBe(200);
    for (const target of [ada, alan])
      expect(await remove(grace, id, target)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await remove(ada, id, alan)).status).toBe(200);
  });

  it('are given by the owner alone', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const id = await groupOf(ada, [grace, alan]);
    await giveRole(ada, id, grace, 'admin');
    for (const actor of [grace, alan])
      expect(await giveRole(actor, id, alan, 'admin')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    const body = { members: [alan.username], role: 'admin' };
    await remove(ada, id, alan);
    expect(await grace.request('POST', `/conversations/${id}/members`, body)).toMatchObject({ status: 403 });
    expect(await ada.request('POST', `/conversations/${id}/members`, body)).toMatchObject({ status: 200 });
    expect(await rolesOf(ada, id)).toMatchObject({ [alan.username]: 'admin' });
  });

  it('keep exactly one owner: giving it away makes the giver an admin', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, [grace]);
    expect(await giveRole(ada, id, ada, 'admin')).toMatchObject({ status: 409, body: { code: 'last_owner' } });
    expect(await giveRole(ada, id, grace, 'owner')).toMatchObject({ status: 200, body: { seq: 2 } });
    expect(await rolesOf(ada, id)).toEqual({ [ada.username]: 'admin', [grace.username]: 'owner' });
    expect((await logOf(relay, id))[1]?.change).toEqual({
      roles: [
        { accountId: grace.accountId, role: 'owner' },
        { accountId: ada.accountId, role: 'admin' },
      ],
    });
  });

  it('are given to one heir, even if the ownership is given away many times at once', async () => {
    const [ada, ...others] = await people(relay, 6);
    const id = await groupOf(ada, others);
    const replies = await Promise.all(others.map((other) => giveRole(ada, id, other, 'owner')));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(Object.values(await rolesOf(ada, id)).filter((role) => role === 'owner')).toHaveLength(1);
  });

  it('pass to the longest-standing admin when the owner leaves, and to a member when there is none', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const id = await groupOf(ada, [grace]);
    await add(ada, id, alan);
    await giveRole(ada, id, alan, 'admin');
    await leave(ada, id);
    expect(await rolesOf(grace, id)).toEqual({ [grace.username]: 'member', [alan.username]: 'owner' });
    await leave(alan, id);
    expect(await rolesOf(grace, id)).toEqual({ [grace.username]: 'owner' });
    expect((await leave(grace, id)).status).toBe(204);
    expect(await view(grace, id)).toMatchObject({ state: 'left' });
  });

  it('are needed for adding, removing and naming', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const id = await groupOf(ada, [grace]);
    const replies = await Promise.all([
      add(grace, id, alan),
      remove(grace, id, ada),
      grace.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' }),
    ]);
    for (const reply of replies) expect(reply).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await logOf(relay, id)).toHaveLength(1);
  });
});

describe('metadata', () => {
  it('is an entry, the newest one counts, and the same id is the same change', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, [grace]);
    const put = (entryId: string, text: string) =>
      ada.request('PUT', `/conversations/${id}/metadata`, {
        id: entryId,
        metadata: Buffer.from(text).toString('base64url'),
      });
    const first = v7();
    expect(await put(first, 'sealed one')).toMatchObject({ status: 200, body: { seq: 2 } });
    expect(await put(v7(), 'sealed two')).toMatchObject({ status: 200, body: { seq: 3 } });
    expect(await put(first, 'sealed three')).toMatchObject({ status: 200, body: { seq: 2 } });
    expect((await view(grace, id)).metadata).toBe(Buffer.from('sealed two').toString('base64url'));
    expect(await logOf(relay, id)).toHaveLength(3);
  });

  it("does not take the id of another's entry", async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, [grace]);
    await giveRole(ada, id, grace, 'admin');
    const body = { id: v7(), metadata: 'c2VhbGVk' };
    await ada.request('PUT', `/conversations/${id}/metadata`, body);
    expect(await grace.request('PUT', `/conversations/${id}/metadata`, body)).toMatchObject({
      status: 409,
      body: { code: 'id_reused' },
    });
  });
});

describe('an account that goes', () => {
  it('leaves everything, hands over what it owns, and may be asked to go twice', async () => {
    const [ada, grace, alan] = await people(relay, 3);
    const [owned, direct, alone] = [await groupOf(ada, [grace]), await ada.directWith(alan), await groupOf(ada, [])];
    const conversations = relay.part(ConversationsService);
    await conversations.leaveAll(ada.accountId as AccountId);
    await conversations.leaveAll(ada.accountId as AccountId);
    expect(await rolesOf(grace, owned)).toEqual({ [grace.username]: 'owner' });
    expect(await rolesOf(alan, direct)).toEqual({ [alan.username]: 'member' });
    for (const id of [owned, direct, alone]) expect(await view(ada, id)).toMatchObject({ state: 'left' });
    expect((await logOf(relay, owned)).at(-1)?.change).toEqual({
      removed: [{ accountId: ada.accountId, username: ada.username }],
      roles: [{ accountId: grace.accountId, role: 'owner' }],
    });
  });

  it('cannot be added any more', async () => {
    const [ada, grace] = await people(relay, 2);
    const id = await groupOf(ada, []);
    await relay.query(`UPDATE accounts SET status = 'deleted' WHERE id = $1`, [grace.accountId]);
    expect(await add(ada, id, grace)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    expect(await startDirect(ada, grace)).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
