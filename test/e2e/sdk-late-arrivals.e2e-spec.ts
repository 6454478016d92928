import './cheap-argon2.js';
import { TestRelay } from '#testing';
import { answering, isEntry, Person } from './hostile-relay.js';

/** Whoever is let into a group while others come and go, before they have read of it. */

const relay = TestRelay.duringTests();
let people: Person[] = [];
beforeEach(async () => {
  people = await Person.several(relay, 4);
}, 60_000);
afterEach(async () => {
  for (const person of people) await person.stop();
});

/** A group of Ada and Grace. */
async function groupOf(ada: Person, grace: Person): Promise<string> {
  const { id } = await ada.session.conversations.group([grace.username]);
  await grace.sync();
  return id;
}

async function canTalk(id: string, one: Person, other: Person): Promise<void> {
  for (const [writer, reader] of [
    [one, other],
    [other, one],
  ] as const) {
    await writer.sync();
    const text = `from ${writer.username}`;
    await writer.send(id, text);
    await reader.sync();
    expect((await reader.reads(id)).at(-1)).toBe(text);
  }
}

describe('a commit that lets somebody in', () => {
  it('is followed though they have left since, also where it comes by itself', async () => {
    const [ada, grace, alan] = people as [Person, Person, Person];
    const id = await groupOf(ada, grace);
    const before = (await grace.session.conversations.get(id)).head;
    await ada.session.conversations.add(id, [alan.username]);
    await alan.sync();
    await alan.session.conversations.leave(id);
    const path = { conversationId: id };
    const { items } = await grace.account.relay.call((api) =>
      api.GET('/v1/conversations/{conversationId}/messages', { params: { path, query: { after: before } } }),
    );
    const commit = items.filter(isEntry).find(({ kind }) => kind === 'commit');
    await grace.pushed(commit!);
    expect(grace.troubles(id)).toEqual([]);
    await ada.sync();
    await canTalk(id, ada, grace);
    expect(grace.troubles(id)).toEqual([]);
  });
});

describe('whoever was let in', () => {
  it('comes in though somebody has left since, whose device is still in the group', async () => {
    const [ada, grace, alan] = people as [Person, Person, Person];
    const id = await groupOf(ada, grace);
    await ada.session.conversations.add(id, [alan.username]);
    await ada.send(id, 'welcome');
    let hasLeft = false;
    // After Alan was told what there is, and before he looks at his welcome.
    const leaving = answering('/v1/sync', (reply) => reply, 'POST');
    await alan.meddling(
      async (request, pass) => {
        if (new URL(request.url).pathname === '/v1/welcomes' && !hasLeft) {
          hasLeft = true;
          await grace.session.conversations.leave(id);
        }
        return leaving(request, pass);
      },
      () => alan.sync(),
    );
    expect(hasLeft).toBe(true);
    expect(alan.troubles(id)).toEqual([]);
    expect(alan.failures()).toEqual([]);
    expect(await alan.reads(id)).toContain('welcome');
    await ada.sync();
    await canTalk(id, ada, alan);
    const inGroup = (await alan.group(id)).members().map(({ identity }) => identity.accountId);
    expect(inGroup.sort()).toEqual([ada, alan].map(({ account }) => account.accountId).sort());
  });

  it('follows that somebody was taken out who had left, though they are back by then', async () => {
    const [ada, grace, alan, linus] = people as [Person, Person, Person, Person];
    const id = await groupOf(ada, grace);
    await ada.session.conversations.add(id, [linus.username]);
    await linus.sync();
    await ada.session.conversations.add(id, [alan.username]);
    await linus.sync();
    await grace.session.conversations.leave(id);
    // Whoever has no role: only what is due may they take out.
    await linus.session.groups.committer.commit(id, (group) => {
      const due = group.members().filter(({ identity }) => identity.accountId === grace.account.accountId);
      expect(due).toHaveLength(1);
      return Promise.resolve({ remove: due.map(({ leafIndex }) => leafIndex) });
    });
    await ada.session.conversations.add(id, [grace.username]);
    await alan.sync();
    expect(alan.troubles(id)).toEqual([]);
    await grace.sync();
    await canTalk(id, alan, grace);
    expect(alan.troubles(id)).toEqual([]);
  });

  it('follows that the leaf of somebody is taken out whose leaving it had read of before its welcome', async () => {
    const [ada, grace, alan, linus] = people as [Person, Person, Person, Person];
    const id = await groupOf(ada, grace);
    await ada.session.conversations.add(id, [alan.username, linus.username]);
    await alan.sync();
    await linus.sync();
    await ada.session.conversations.remove(id, [alan.username]);
    await alan.sync();
    const { head } = await alan.session.conversations.get(id);
    await ada.session.conversations.add(id, [alan.username]);
    await grace.sync();
    await grace.session.conversations.leave(id);
    const path = { conversationId: id };
    const { items } = await ada.account.relay.call((api) =>
      api.GET('/v1/conversations/{conversationId}/messages', { params: { path, query: { after: head } } }),
    );
    // A socket may be faster than what tells of a welcome.
    for (const entry of items.filter(isEntry)) await alan.pushed(entry);
    await expect(alan.group(id)).rejects.toThrow('in no group');
    const unchanged = (request: Request, pass: () => Promise<Response>): Promise<Response> =>
      request.url.endsWith('/commits') ? Promise.reject(new TypeError('fetch failed')) : pass();
    await alan.meddling(unchanged, () => alan.sync());
    await linus.sync();
    await alan.sync();
    expect(alan.troubles(id)).toEqual([]);
    await canTalk(id, linus, alan);
  });

  it('comes in from outside if the welcome was of no use, also when somebody else was let in meanwhile', async () => {
    const [ada, grace, alan, linus] = people as [Person, Person, Person, Person];
    const id = await groupOf(ada, grace);
    await ada.session.conversations.add(id, [alan.username]);
    const useless = answering('/v1/welcomes', (list) => ({
      ...list,
      items: (list.items as { welcome: string }[]).map((one) => ({ ...one, welcome: spoilt(one.welcome) })),
    }));
    const shut = answering('/group-info', (info) => ({ ...info, groupInfo: 'AAAA' }));
    await alan.meddling(
      async (request, pass) => useless(request, () => shut(request, pass)),
      () => alan.sync(),
    );
    expect(alan.troubles(id)).toEqual(['lost_group']);
    await ada.session.conversations.add(id, [linus.username]);
    await linus.sync();
    await alan.sync();
    expect(alan.troubles(id)).toEqual(['lost_group', 'over']);
    await ada.sync();
    await canTalk(id, ada, alan);
    await linus.sync();
    await canTalk(id, linus, alan);
    const members = (await alan.session.conversations.get(id)).members.map(({ username }) => username);
    expect(members.sort()).toEqual(people.map(({ username }) => username).sort());
  });
});

/** One bit of its middle is another. */
function spoilt(base64Url: string): string {
  const bytes = Buffer.from(base64Url, 'base64url');
  bytes[bytes.length >> 1]! ^= 1;
  return bytes.toString('base64url');
}
