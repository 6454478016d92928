import './cheap-argon2.js';
import { signInAgain } from '#sdk';
import { TestRelay } from '#testing';
import { restored, Vaults } from './backing-up.js';
import { Person } from './hostile-relay.js';
import { PASSWORD } from './sdk-devices.js';

/** Devices that are ahead of a relay which was restored from a backup, as `npm run backup` and `npm run restore` do it. */

const relay = TestRelay.duringTests();
const vaults = Vaults.duringTests();
let people: Person[] = [];

afterAll(async () => {
  for (const person of people) await person.stop();
});

/** The same relay, with an empty database. */
async function empty(): Promise<void> {
  await relay.query('DROP SCHEMA public CASCADE');
  await relay.query('CREATE SCHEMA public');
}

interface Position {
  readonly seq: number;
  readonly id: string;
}

async function positions(conversationId: string): Promise<Position[]> {
  const rows = await relay.query<{ seq: string; id: string }>(
    'SELECT seq, id FROM entries WHERE conversation_id = $1 ORDER BY seq',
    [conversationId],
  );
  return rows.map(({ seq, id }) => ({ seq: Number(seq), id }));
}

describe('devices that are ahead of a relay which was restored', () => {
  it('notice, sign in again, send what is missing under its id, and do not let back in who was removed (R-18, M-14)', async () => {
    people = await Person.several(relay, 3);
    const [ada, grace, alan] = people as [Person, Person, Person];
    const { id } = await ada.session.conversations.group([grace.username, alan.username]);
    const { id: chat } = await ada.session.conversations.direct(grace.username);
    await ada.send(chat, 'before');
    for (const person of people) await person.sync();
    const folder = await vaults.backUp(relay);
    await ada.send(chat, 'after');
    await grace.sync();
    await grace.send(chat, 'after, too');
    await ada.session.conversations.remove(id, [alan.username]);
    await ada.send(id, 'without Alan');
    for (const person of people) await person.sync();
    const ahead = await positions(chat);

    await relay.whileAway(async () => {
      await empty();
      expect(await restored(folder, relay.settings)).toMatchObject({ code: 0 });
    });
    expect((await positions(chat)).length).toBeLessThan(ahead.length);
    for (const person of people) await signInAgain(person.account, PASSWORD);
    for (let round = 0; round < 3; round++) for (const person of people) await person.sync();

    for (const person of people) expect(person.events.filter(({ kind }) => kind === 'restored')).toHaveLength(1);
    const now = await positions(chat);
    expect(now.map(({ seq }) => seq)).toEqual(now.map((_entry, index) => index + 1));
    for (const person of [ada, grace]) {
      expect([...(await person.reads(chat))].sort()).toEqual(['after', 'after, too', 'before']);
      expect((await person.group(id)).members()).toHaveLength(2);
    }
    expect(await alan.reads(id)).toEqual([]);
    const said = [...now].filter(({ id: entry }) => ahead.some((other) => other.id === entry));
    expect(said.length).toBeGreaterThanOrEqual(3);
    await ada.send(chat, 'it goes on');
    await grace.sync();
    expect((await grace.reads(chat)).at(-1)).toBe('it goes on');
  });
});
