import './cheap-argon2.js';
import { TestRelay } from '#testing';
import type { LogEntry } from '../../libs/sdk/src/sync/log-item.js';
import { UNLIMITED } from '../controls/unlimited.js';
import { Person } from './hostile-relay.js';

const relay = TestRelay.duringTests({ environment: UNLIMITED });
let [ada, grace, alan, joan]: Person[] = [];
beforeAll(async () => {
  [ada, grace, alan, joan] = await Person.several(relay, 4);
}, 60_000);
afterAll(async () => {
  for (const person of [ada, grace, alan, joan]) await person?.stop();
});

/** Ada's group with Grace. */
async function group(): Promise<string> {
  const { id } = await ada!.session.conversations.group([grace!.username]);
  await grace!.sync();
  return id;
}

/** What the relay has at the end of a log, as somebody sees it. */
async function newest(person: Person, conversationId: string, kind: string): Promise<LogEntry> {
  const path = { conversationId };
  const { items } = await person.account.relay.call((api) =>
    api.GET('/v1/conversations/{conversationId}/messages', { params: { path, query: { after: 0 } } }),
  );
  return items.filter((item): item is LogEntry => !('gap' in item)).findLast((entry) => entry.kind === kind)!;
}

async function membersOf(person: Person, id: string): Promise<string[]> {
  const { members } = await person.session.conversations.get(id);
  return members.map(({ username, role }) => `${username} ${role}`).sort();
}

describe('a device that follows a group', () => {
  it('fetches a commit of which only the place is pushed, since it is large', async () => {
    const id = await group();
    await ada!.renewKeys(id);
    const { ciphertext: _large, ...hint } = await newest(ada!, id, 'commit');
    await grace!.pushed(hint);
    expect(await grace!.session.conversations.groupCode(id)).toEqual(await ada!.session.conversations.groupCode(id));
    expect(grace!.troubles(id)).toEqual([]);
  });

  it('reads a message that is pushed before it has heard that it was let in', async () => {
    const id = await group();
    const beside = await grace!.another();
    await ada!.sync();
    await ada!.send(id, 'to all devices');
    await beside.pushed(await newest(ada!, id, 'message'));
    expect(await beside.reads(id)).toEqual(['to all devices']);
    await beside.stop();
  });

  it('follows a commit that is pushed before it has heard that it was let in', async () => {
    const id = await group();
    const beside = await grace!.another();
    await ada!.sync();
    await beside.pushed(await newest(ada!, id, 'commit'));
    await ada!.renewKeys(id);
    await beside.pushed(await newest(ada!, id, 'commit'));
    await beside.sync();
    expect(await beside.session.conversations.groupCode(id)).toEqual(await ada!.session.conversations.groupCode(id));
    expect(beside.troubles(id)).toEqual([]);
    await beside.stop();
  });

  it('that was put out and let in again while it was away: it reads what was sent before and after, and not between', async () => {
    const id = await group();
    await ada!.send(id, 'before');
    await ada!.session.conversations.remove(id, [grace!.username]);
    await ada!.session.conversations.add(id, [joan!.username]);
    await ada!.send(id, 'between');
    await ada!.session.conversations.add(id, [grace!.username]);
    await ada!.send(id, 'after');
    await grace!.sync();
    expect((await grace!.reads(id)).filter((text) => !text.startsWith('['))).toEqual(['before', 'after']);
    expect(await membersOf(grace!, id)).toEqual(await membersOf(ada!, id));
    expect(grace!.troubles(id)).toEqual([]);
  });

  it('that hears late of what somebody did who was in it and is no more: it follows', async () => {
    const { id } = await ada!.session.conversations.group([alan!.username]);
    await ada!.session.conversations.giveRole(id, alan!.username, 'admin');
    await alan!.sync();
    for (const person of [grace!, joan!]) await alan!.session.conversations.add(id, [person.username]);
    await ada!.session.conversations.remove(id, [alan!.username]);
    for (const person of [grace!, ada!]) await person.sync();
    expect(grace!.troubles(id)).toEqual([]);
    expect(await grace!.session.conversations.groupCode(id)).toEqual(await ada!.session.conversations.groupCode(id));
    expect(await membersOf(grace!, id)).toEqual(await membersOf(ada!, id));
  });
});
