import { setTimeout as delay } from 'node:timers/promises';
import { MLS_SUITES } from '#protocol';
import { recordEvidence, scaled, Seeded, TestRelay, until } from '#testing';
import { NOTE, trio } from '../../libs/crypto/src/mls/people.fixture.js';
import type { Read } from './sdk-history.js';
import { type Death, MemberProgram, type MemberProcess, type MemberSays } from './sdk-members.js';
import { messageKeyOf, Witness } from './sdk-witness.js';

/** Beside a witness, whose device lives through it all. */
const PEOPLE = scaled({ ci: ['ada', 'grace'], gate: ['ada', 'grace', 'alan'] });
/** Two devices of each. Those of one lane live in turns, beside those of the others. */
const LANES = PEOPLE.map((_name, n) => [`${PEOPLE[n]!}-1`, `${PEOPLE[(n + 1) % PEOPLE.length]!}-2`] as const);
const DEVICES = LANES.flat();
const KILLS = scaled({ ci: 6, gate: 1_000 });
const TEXTS = 3;
/** Writes and requests of a life: later ones are waiting for others. */
const [MOST_WRITES, MOST_REQUESTS] = [24, 10];
const MOST_LINES = 16;
const LAST = 'the last';

jest.setTimeout(scaled({ ci: 240_000, gate: 45 * 60_000 }));

const relay = TestRelay.duringTests();
let program: MemberProgram;
let witness: Witness;

beforeAll(async () => {
  program = await MemberProgram.build();
  witness = await Witness.register(relay.url, 'witness');
});
afterAll(async () => {
  await witness.session.stop();
  await program.remove();
});

const usernameOf = (device: string): string => device.split('-')[0]!;

/** Where a life ends: at a step of its own, or at a moment that nobody inside has chosen. */
type End = Death | { readonly at: 'any'; readonly lines: number; readonly ms: number };

function endOf(random: Seeded): End {
  const at = random.pick(['write', 'write', 'request', 'any'] as const);
  if (at === 'any') return { at, lines: random.between(1, MOST_LINES), ms: random.between(0, 5) };
  const nth = random.between(1, at === 'write' ? MOST_WRITES : MOST_REQUESTS);
  return { at, nth, hasHappened: random.oneIn(2) };
}

/** All that its devices have said, in all of their lives. */
class Chronicle {
  readonly said = new Map<string, MemberSays[]>(DEVICES.map((device) => [device, []]));

  add(device: string, { says }: MemberProcess): void {
    this.said.get(device)?.push(...says);
  }

  all<Key extends string>(key: Key, device?: string): Extract<MemberSays, Record<Key, unknown>>[Key][] {
    const said = device === undefined ? [...this.said.values()].flat() : (this.said.get(device) ?? []);
    return said.flatMap((words) => (key in words ? [(words as never)[key]] : []));
  }
}

const chronicle = new Chronicle();

async function enter(device: string, enter: 'register' | 'signIn'): Promise<void> {
  const username = usernameOf(device);
  await program.start({ url: relay.url, home: device, username, enter, conversationId: '', texts: [] }).end();
}

function start(
  device: string,
  about: { conversationId: string; texts: readonly string[]; death?: Death },
): MemberProcess {
  return program.start({ url: relay.url, home: device, username: usernameOf(device), ...about });
}

/** Lives of some devices, one after the other: each catches up, sends, and is killed. */
async function liveAndDie(conversationId: string, devices: readonly string[], random: Seeded): Promise<void> {
  for (let n = 0; n < KILLS / LANES.length; n++) {
    const device = devices[n % devices.length]!;
    const texts = Array.from({ length: TEXTS }, (_none, text) => `${device} ${String(n)}.${String(text)}`);
    const end = endOf(random);
    const member = start(device, { conversationId, texts, ...(end.at === 'any' ? {} : { death: end }) });
    if (end.at === 'any') await member.progress(end.lines).then(() => delay(end.ms));
    else await member.settled();
    await member.kill();
    chronicle.add(device, member);
  }
}

/** Their last lives: all of them come back, and hear the last word. @returns what each has in the end. */
async function comeBack(conversationId: string): Promise<Map<string, readonly Read[]>> {
  const members = new Map(DEVICES.map((device) => [device, start(device, { conversationId, texts: [] })]));
  try {
    for (const member of members.values()) await member.settled();
    await witness.session.messages.send(conversationId, LAST);
    const histories = new Map([['witness', [] as readonly Read[]]]);
    const isLast = (read: readonly Read[]): boolean => read.at(-1)?.text === LAST;
    await until(async () => isLast(await witness.history(conversationId)), 'the witness has the last word');
    histories.set('witness', await witness.history(conversationId));
    for (const [device, member] of members) {
      await until(async () => isLast(await member.history()), `${device} has the last word`, 60_000);
      histories.set(device, await member.history());
      chronicle.add(device, member);
    }
    return histories;
  } finally {
    for (const member of members.values()) await member.kill();
  }
}

/** @returns how many keys were taken. */
async function demandKeysOfTheirOwn(conversationId: string): Promise<number> {
  const stored = await relay.query<{ body: Buffer }>(
    `SELECT body FROM entries WHERE conversation_id = $1 AND kind = 0`,
    [conversationId],
  );
  const ciphertexts = new Set([...stored.map(({ body }) => body.toString('base64url')), ...chronicle.all('posting')]);
  const keys = new Map<string, string>();
  for (const ciphertext of ciphertexts) {
    const key = await witness.keyOf(Buffer.from(ciphertext, 'base64url'));
    expect([key, keys.get(key)]).toEqual([key, undefined]);
    keys.set(key, ciphertext);
  }
  return keys.size;
}

describe('two devices of each person, in processes of their own that are killed again and again (C-53)', () => {
  it('read every message once, lose none, and take no key of a ratchet twice', async () => {
    const random = Seeded.announced('sdk-kills');
    await Promise.all(PEOPLE.map((name) => enter(`${name}-1`, 'register')));
    await Promise.all(PEOPLE.map((name) => enter(`${name}-2`, 'signIn')));
    const { id: conversationId } = await witness.session.conversations.group(PEOPLE);
    await Promise.all(LANES.map((lane) => liveAndDie(conversationId, lane, random.fork())));

    const histories = await comeBack(conversationId);
    const read = histories.get('witness')!.map(({ text }) => text);
    for (const [device, history] of histories) expect([device, history]).toEqual([device, histories.get('witness')]);
    expect(new Set(read).size).toBe(read.length);
    for (const device of DEVICES) {
      // In the order in which they were written, none unreadable; what was not stored when the device died is not there.
      const ofDevice = read.filter((text) => text.startsWith(`${device} `));
      expect(ofDevice).toEqual(chronicle.all('sending', device).filter((text) => read.includes(text)));
      expect(chronicle.all('queued', device).filter((text) => !read.includes(text))).toEqual([]);
      const told = chronicle.all('told', device);
      expect(told).toEqual([...new Set(told)]);
    }
    expect(read.filter((text) => !chronicle.all('sending').includes(text))).toEqual([LAST]);
    expect(chronicle.all('wrong')).toEqual([]);
    const keys = await demandKeysOfTheirOwn(conversationId);
    recordEvidence('C-53', { kills: KILLS, messages: read.length, devices: DEVICES.length, keys });
  });
});

test('a device that took a key twice would be found out', async () => {
  const { ann, ben, groups } = await trio(MLS_SUITES.xWing);
  const secrets = new Map([[groups.ann.epoch, groups.ann.state.keySchedule.senderDataSecret]]);
  const first = await ann.engine.encrypt(groups.ann, NOTE, NOTE);
  const messages = [
    first,
    // From what was stored before the first one.
    await ann.engine.encrypt(groups.ann, NOTE, NOTE),
    await ann.engine.encrypt(first.group, NOTE, NOTE),
    await ben.engine.encrypt(groups.ben, NOTE, NOTE),
  ];
  const keys = await Promise.all(messages.map(({ message }) => messageKeyOf(message, secrets)));
  expect(keys).toEqual([
    'epoch 1, leaf 0, generation 0',
    'epoch 1, leaf 0, generation 0',
    'epoch 1, leaf 0, generation 1',
    'epoch 1, leaf 1, generation 0',
  ]);
});
