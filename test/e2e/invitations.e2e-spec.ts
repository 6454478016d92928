import { people, TestRelay, TestUser } from '#testing';
import { v7 } from 'uuid';
import { accept, add, giveRole, leave, listed, logOf, remove, reserved, startDirect, view } from './conversing.js';
import { groupOf } from './sending.js';

const relay = TestRelay.duringTests();

describe('an invitation', () => {
  it('shows who asks, and nothing of the conversation', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved(relay)];
    const id = await ada.directWith(grace);
    const shown = await view(grace, id);
    expect(shown).toMatchObject({
      state: 'invited',
      role: null,
      headSeq: 0,
      stays: [],
      members: [],
      metadata: null,
      rosterSeq: null,
    });
    expect(shown.invitedBy).toMatchObject({ username: ada.username });
    expect(await listed(grace)).toMatchObject([{ id, state: 'invited' }]);
    expect((await view(ada, id)).members).toContainEqual(
      expect.objectContaining({ username: grace.username, state: 'invited' }),
    );
  });

  it('to a group names who added the person, and hides its roster and title', async () => {
    const [[ada, alan], grace] = [await people(relay, 2), await reserved(relay)];
    const id = await groupOf(ada, [alan]);
    await ada.request('PUT', `/conversations/${id}/metadata`, { id: v7(), metadata: 'c2VhbGVk' });
    await giveRole(ada, id, alan, 'admin');
    expect((await add(alan, id, grace)).status).toBe(200);
    const shown = await view(grace, id);
    expect(shown).toMatchObject({
      kind: 'group',
      state: 'invited',
      headSeq: 0,
      members: [],
      metadata: null,
      invitedBy: { username: alan.username },
    });
    expect(JSON.stringify(shown)).not.toContain(ada.username);
  });

  it('opens the conversation when it is accepted, from the invitation on, and makes a contact', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved(relay)];
    const id = await ada.directWith(grace);
    expect((await accept(grace, id)).status).toBe(204);
    expect((await accept(grace, id)).status).toBe(204);
    expect(await view(grace, id)).toMatchObject({
      state: 'joined',
      invitedBy: null,
      headSeq: 1,
      stays: [{ from: 1, to: null }],
    });
    expect(await logOf(relay, id)).toMatchObject([
      { sender: grace.accountId, change: { accepted: [grace.accountId] } },
    ]);
    expect((await grace.request('GET', `/contacts/${ada.username}`)).body.state).toBe('accepted');
  });

  it('is accepted by writing back', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved(relay)];
    const id = await ada.directWith(grace);
    expect(await startDirect(grace, ada)).toMatchObject({ status: 200, body: { id, state: 'joined' } });
  });

  it('is forgotten when it is declined, and its entries are never readable', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved(relay)];
    const id = await ada.directWith(grace);
    expect((await leave(grace, id)).status).toBe(204);
    expect(await listed(grace)).toEqual([]);
    expect((await grace.request('GET', `/conversations/${id}`)).status).toBe(404);
    expect(await logOf(relay, id)).toMatchObject([
      { change: { removed: [{ accountId: grace.accountId, username: grace.username }] } },
    ]);
  });

  it('is taken back when who asked leaves', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved(relay)];
    const id = await ada.directWith(grace);
    await leave(ada, id);
    expect(await listed(grace)).toEqual([]);
    expect((await accept(grace, id)).status).toBe(404);
  });

  it('is not needed from contacts', async () => {
    const [ada, grace] = [await TestUser.register(relay), await reserved(relay)];
    await grace.request('PUT', `/contacts/${ada.username}`, { state: 'accepted' });
    const id = await ada.directWith(grace);
    expect(await view(grace, id)).toMatchObject({ state: 'joined' });
  });

  it('lets nobody act in the conversation before it is accepted', async () => {
    const [[ada, alan], grace] = [await people(relay, 2), await reserved(relay)];
    const id = await groupOf(ada, [grace]);
    const replies = await Promise.all([
      add(grace, id, alan),
      remove(grace, id, ada),
      giveRole(grace, id, ada, 'member'),
    ]);
    for (const reply of replies) expect(reply).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });
});
