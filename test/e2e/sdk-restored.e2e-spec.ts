import { TestRelay, type TestDatabase } from '#testing';
import { Person } from './hostile-relay.js';

/** What becomes of conversations when the relay’s database is restored from a backup: what came after it is gone there, not here. */

const relay = TestRelay.duringTests();
let [ada, grace, alan]: Person[] = [];
const backups: TestDatabase[] = [];
beforeAll(async () => {
  [ada, grace, alan] = [await Person.registered(relay), await Person.registered(relay), await Person.registered(relay)];
}, 60_000);
afterAll(async () => {
  for (const person of [ada, grace, alan]) await person?.stop();
  for (const backup of backups) await backup.drop();
});

async function backedUp(): Promise<TestDatabase> {
  const backup = await relay.backUp();
  backups.push(backup);
  return backup;
}

/** Everybody catches up, as often as it takes for what one does to reach the others. */
async function allSync(people = [ada!, grace!, alan!], rounds = 3): Promise<void> {
  for (let round = 0; round < rounds; round++) for (const person of people) await person.sync();
}

async function group(): Promise<string> {
  const { id } = await ada!.session.conversations.group([grace!.username, alan!.username]);
  await allSync();
  return id;
}

async function goesOn(id: string, people: readonly Person[]): Promise<void> {
  for (const writer of people) {
    const text = `still here, ${writer.username} ${String(Math.random())}`;
    await writer.send(id, text);
    for (const reader of people) {
      await reader.sync();
      expect((await reader.reads(id)).at(-1)).toBe(text);
    }
  }
}

const texts = async (person: Person, id: string): Promise<string[]> =>
  (await person.reads(id)).filter((text) => !text.startsWith('['));

const namesIn = async (person: Person, id: string): Promise<string[]> =>
  (await person.session.conversations.get(id)).members.map(({ username }) => username).sort();

const told = (person: Person, kind: string): object[] => person.events.filter((event) => event.kind === kind);

describe('after the relay was restored from a backup', () => {
  it('what it has lost is sent again, under its id, and nobody reads it twice (M-14)', async () => {
    const id = await group();
    await ada!.send(id, 'one');
    await allSync();
    const backup = await backedUp();
    await ada!.send(id, 'two');
    await grace!.send(id, 'three');
    await allSync();
    const before = new Map<Person, string[]>();
    for (const person of [ada!, grace!, alan!]) before.set(person, await texts(person, id));
    await relay.restore(backup);
    // Who comes back first takes the positions that were others'.
    await grace!.sync();
    await grace!.send(id, 'four');
    await alan!.sync();
    expect((await alan!.session.messages.lost(id)).map(({ content }) => content)).toEqual([
      { kind: 'text', text: 'two' },
    ]);
    await allSync();
    for (const person of [ada!, grace!, alan!]) {
      expect(told(person, 'restored')).toHaveLength(1);
      expect([...(await texts(person, id))].sort()).toEqual([...before.get(person)!, 'four'].sort());
      expect(await person.session.messages.lost(id)).toEqual([]);
      expect(await person.session.messages.waiting(id)).toEqual([]);
    }
    expect(await texts(ada!, id)).toEqual(await texts(grace!, id));
    await goesOn(id, [ada!, grace!, alan!]);
  });

  it('a group that it has forgotten commits of begins anew, and goes on (M-14)', async () => {
    const id = await group();
    await goesOn(id, [ada!, grace!, alan!]);
    const backup = await backedUp();
    await ada!.session.conversations.giveRole(id, grace!.username, 'admin');
    await grace!.sync();
    await grace!.send(id, 'of a later epoch');
    await ada!.sync();
    await relay.restore(backup);
    await allSync();
    const { name } = await ada!.group(id);
    expect(name.generation).toBe(2);
    for (const person of [ada!, grace!, alan!]) {
      expect((await person.group(id)).name).toEqual(name);
      expect(await texts(person, id)).toContain('of a later epoch');
      const { members } = await person.session.conversations.get(id);
      expect(members.find(({ username }) => username === grace!.username)?.role).toBe('admin');
    }
    await goesOn(id, [ada!, grace!, alan!]);
  });

  it('somebody who was removed, and is shown again, is told of and removed (M-14)', async () => {
    const id = await group();
    const backup = await backedUp();
    await ada!.session.conversations.remove(id, [alan!.username]);
    await allSync();
    await ada!.send(id, 'without Alan');
    await grace!.sync();
    await relay.restore(backup);
    // A member who may not remove anybody comes first: the group goes on without him all the same.
    await grace!.sync();
    expect(told(grace!, 'rolled_back')).toEqual([
      { kind: 'rolled_back', conversationId: id, returned: [alan!.account.accountId], missing: [] },
    ]);
    await allSync([ada!, grace!]);
    for (const person of [ada!, grace!]) {
      expect(await namesIn(person, id)).toEqual([ada!.username, grace!.username].sort());
      expect((await person.group(id)).members()).toHaveLength(2);
    }
    const shown = await ada!.account.relay.call((api) =>
      api.GET('/v1/conversations/{id}', { params: { path: { id } } }),
    );
    expect(shown.members.map(({ username }) => username).sort()).toEqual([ada!.username, grace!.username].sort());
    await allSync();
    expect(await texts(alan!, id)).not.toContain('without Alan');
    await goesOn(id, [ada!, grace!]);
  });

  it('somebody who had come in, and is missing, is brought in again (M-14)', async () => {
    const { id } = await ada!.session.conversations.group([grace!.username]);
    await allSync();
    await ada!.send(id, 'without Alan');
    const backup = await backedUp();
    await ada!.session.conversations.add(id, [alan!.username]);
    await allSync();
    await alan!.send(id, 'hello');
    await allSync();
    await relay.restore(backup);
    await alan!.sync();
    await allSync();
    for (const person of [ada!, grace!, alan!]) {
      expect(await namesIn(person, id)).toEqual([ada!, grace!, alan!].map(({ username }) => username).sort());
      expect((await texts(person, id)).filter((text) => text === 'hello')).toEqual(['hello']);
    }
    await goesOn(id, [ada!, grace!, alan!]);
  });

  it('a conversation that it has forgotten altogether is made again (M-14)', async () => {
    const backup = await backedUp();
    const id = await group();
    const { id: direct } = await grace!.session.conversations.direct(alan!.username);
    await grace!.send(direct, 'just us');
    await grace!.send(id, 'all of us');
    await allSync();
    await relay.restore(backup);
    await allSync();
    for (const person of [ada!, grace!, alan!]) expect(await texts(person, id)).toEqual(['all of us']);
    for (const person of [grace!, alan!]) expect(await texts(person, direct)).toEqual(['just us']);
    await goesOn(id, [ada!, grace!, alan!]);
    await goesOn(direct, [grace!, alan!]);
  });
});
