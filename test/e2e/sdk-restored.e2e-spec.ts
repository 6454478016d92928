import './cheap-argon2.js';
import { type TestDatabase, TestRelay } from '#testing';
import { Person } from './hostile-relay.js';

/** What becomes of conversations when the relay’s database is restored from a backup: what came after it is gone there, not here. */

const relay = TestRelay.duringTests();
let backup: TestDatabase | undefined;
let [ada, grace, alan]: [Person, Person, Person] = [undefined as never, undefined as never, undefined as never];

/** Each has a history of its own before and after the backup. */
interface Chats {
  /** Messages came after the backup. */
  readonly busy: string;
  /** Grace was given a role. */
  readonly promoted: string;
  /** Alan was removed. */
  readonly reduced: string;
  /** Alan came in. */
  readonly grown: string;
  /** They were begun after it. */
  readonly young: string;
  readonly direct: string;
}
let chats: Chats;

beforeAll(async () => {
  [ada, grace, alan] = [await Person.registered(relay), await Person.registered(relay), await Person.registered(relay)];
  const before = { busy: await group(), promoted: await group(), reduced: await group() };
  const { id: grown } = await ada.session.conversations.group([grace.username]);
  await ada.send(before.busy, 'one');
  await allSync();
  backup = await relay.backUp();
  chats = { ...before, grown, ...(await goOn({ ...before, grown })) };
  await relay.restore(backup);
  await comeBack();
}, 120_000);

afterAll(async () => {
  for (const person of [ada, grace, alan]) await person.stop();
  await backup?.drop();
});

/** What is forgotten. */
async function goOn({ busy, promoted, reduced, grown }: Omit<Chats, 'young' | 'direct'>) {
  await ada.send(busy, 'two');
  await grace.send(busy, 'three');
  await ada.session.conversations.giveRole(promoted, grace.username, 'admin');
  await ada.session.conversations.remove(reduced, [alan.username]);
  await ada.send(reduced, 'without Alan');
  await ada.session.conversations.add(grown, [alan.username]);
  const young = await group();
  const { id: direct } = await grace.session.conversations.direct(alan.username);
  await allSync();
  await grace.send(promoted, 'by an admin');
  await alan.send(grown, 'hello');
  await grace.send(direct, 'just us');
  await grace.send(young, 'all of us');
  await allSync();
  return { young, direct };
}

/** Whoever comes first takes the positions that were others', and may put less right than the owner who comes last. */
async function comeBack(): Promise<void> {
  await grace.sync();
  await grace.send(chats.busy, 'four');
  await alan.sync();
  expect(told(grace, 'rolled_back', chats.reduced)).toMatchObject([
    { returned: [alan.account.accountId], missing: [] },
  ]);
  expect(contentsOf(await alan.session.messages.lost(chats.busy))).toEqual([{ kind: 'text', text: 'two' }]);
  await allSync([ada, grace, alan], 3);
}

/** Everybody catches up, as often as it takes for what one does to reach the others. */
async function allSync(people = [ada, grace, alan], rounds = 1): Promise<void> {
  for (let round = 0; round < rounds; round++) for (const person of people) await person.sync();
}

async function group(): Promise<string> {
  const { id } = await ada.session.conversations.group([grace.username, alan.username]);
  return id;
}

async function goesOn(id: string, people: readonly Person[]): Promise<void> {
  for (const [n, writer] of people.entries()) {
    await writer.sync();
    await writer.send(id, `still here ${String(n)}`);
  }
  for (const reader of people) {
    await reader.sync();
    expect((await reader.reads(id)).slice(-people.length)).toEqual(people.map((_one, n) => `still here ${String(n)}`));
  }
}

/** Each message is found by its id, and counted as unread as long as nobody has read anything. */
async function standsWhereItIs({ session, account }: Person, id: string): Promise<void> {
  const shown = (await session.messages.history(id)).filter(({ content }) => content !== null);
  for (const message of shown) expect(await session.messages.get(id, message.id ?? '')).toEqual(message);
  const ofOthers = shown.filter(({ senderAccountId }) => senderAccountId !== account.accountId);
  expect((await session.conversations.get(id)).unread).toBe(ofOthers.length);
}

const texts = async (person: Person, id: string): Promise<string[]> =>
  (await person.reads(id)).filter((text) => !text.startsWith('['));

const contentsOf = (messages: readonly { readonly content: unknown }[]): unknown[] =>
  messages.map(({ content }) => content);

const membersOf = async (person: Person, id: string): Promise<string[]> =>
  (await person.session.conversations.get(id)).members.map(({ username }) => username).sort();

const namesOf = (...people: readonly Person[]): string[] => people.map(({ username }) => username).sort();

const told = (person: Person, kind: string, id?: string): object[] =>
  person.events.filter((event) => event.kind === kind && (!('conversationId' in event) || event.conversationId === id));

describe('after the relay was restored from a backup', () => {
  it('each device is told so once', () => {
    for (const person of [ada, grace, alan]) expect(told(person, 'restored')).toHaveLength(1);
  });

  it('what it has lost is sent again, under its id, and nobody reads it twice (M-14)', async () => {
    for (const person of [ada, grace, alan]) {
      expect([...(await texts(person, chats.busy))].sort()).toEqual(['four', 'one', 'three', 'two']);
      expect(await person.session.messages.lost(chats.busy)).toEqual([]);
      expect(await person.session.messages.waiting(chats.busy)).toEqual([]);
      await standsWhereItIs(person, chats.busy);
    }
    expect(await texts(ada, chats.busy)).toEqual(await texts(grace, chats.busy));
    await goesOn(chats.busy, [ada, grace, alan]);
  });

  it('a group that it has forgotten commits of begins anew, with its roles (M-14)', async () => {
    const id = chats.promoted;
    const { name } = await ada.group(id);
    expect(name.generation).toBe(2);
    for (const person of [ada, grace, alan]) {
      expect((await person.group(id)).name).toEqual(name);
      expect(await texts(person, id)).toEqual(['by an admin']);
      const { members } = await person.session.conversations.get(id);
      expect(members.find(({ username }) => username === grace.username)?.role).toBe('admin');
    }
    await goesOn(id, [ada, grace, alan]);
  });

  it('whoever was removed, and is shown again, is told of and removed (M-14)', async () => {
    const id = chats.reduced;
    for (const person of [ada, grace]) {
      expect(await membersOf(person, id)).toEqual(namesOf(ada, grace));
      expect((await person.group(id)).members()).toHaveLength(2);
    }
    const params = { path: { id } };
    const shown = await ada.account.relay.call((api) => api.GET('/v1/conversations/{id}', { params }));
    expect(shown.members.map(({ username }) => username).sort()).toEqual(namesOf(ada, grace));
    expect(await texts(alan, id)).toEqual([]);
    await goesOn(id, [ada, grace]);
    await alan.sync();
    expect(await texts(alan, id)).toEqual([]);
  });

  it('whoever had come in, and is missing, is brought in again (M-14)', async () => {
    for (const person of [ada, grace, alan]) {
      expect(await membersOf(person, chats.grown)).toEqual(namesOf(ada, grace, alan));
      expect(await texts(person, chats.grown)).toEqual(['hello']);
    }
    await goesOn(chats.grown, [ada, grace, alan]);
  });

  it('conversations that it has forgotten altogether are made again (M-14)', async () => {
    for (const person of [ada, grace, alan]) expect(await texts(person, chats.young)).toEqual(['all of us']);
    for (const person of [grace, alan]) expect(await texts(person, chats.direct)).toEqual(['just us']);
    await goesOn(chats.young, [ada, grace, alan]);
    await goesOn(chats.direct, [grace, alan]);
  });
});
