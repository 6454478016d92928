import './cheap-argon2.js';
import { type TestDatabase, TestRelay } from '#testing';
import { Person } from './hostile-relay.js';
import type { Meddler } from './sdk-devices.js';

/** Two devices put right at once what a relay that was restored from a backup has forgotten. */

const relay = TestRelay.duringTests();
let backup: TestDatabase | undefined;
let people: Person[] = [];

afterAll(async () => {
  for (const person of people) await person.stop();
  await backup?.drop();
});

/** Lets somebody else do something right before the first look at a conversation. */
function before(id: string, work: () => Promise<void>): Meddler {
  let isFirst = true;
  return async ({ url, method }, pass) => {
    if (isFirst && method === 'GET' && new URL(url).pathname === `/v1/conversations/${id}`) {
      isFirst = false;
      await work();
    }
    return pass();
  };
}

async function shownMembers(person: Person, id: string): Promise<string[]> {
  const params = { path: { id } };
  const { members } = await person.account.relay.call((api) => api.GET('/v1/conversations/{id}', { params }));
  return members.map(({ username }) => username).sort();
}

describe('after the relay was restored from a backup', () => {
  it('a group that somebody else begins anew meanwhile is put right as they began it (M-14)', async () => {
    people = await Person.several(relay, 3);
    const [ada, grace, alan] = people as [Person, Person, Person];
    const { id } = await ada.session.conversations.group([grace.username, alan.username]);
    for (const person of people) await person.sync();
    backup = await relay.backUp();
    await ada.session.conversations.remove(id, [alan.username]);
    await ada.send(id, 'without Alan');
    for (const person of people) await person.sync();
    await relay.restore(backup);

    const beginAnew = (): Promise<void> => grace.sync();
    await ada.meddling(before(id, beginAnew), () => ada.sync());
    for (const person of [ada, grace, alan]) await person.sync();

    expect(ada.failures()).toEqual([]);
    expect(await shownMembers(ada, id)).toEqual([ada.username, grace.username].sort());
    await ada.send(id, 'still here');
    await grace.sync();
    expect(await grace.reads(id)).toEqual(['without Alan', 'still here']);
    expect(await alan.reads(id)).toEqual([]);
  });
});
