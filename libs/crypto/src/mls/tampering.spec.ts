import { MLS_SUITES } from '#protocol';
import { recordEvidence, scaled, Seeded } from '#testing';
import { cut, expectRefused, mutants, tally } from './mutants.fixture.js';
import {
  ARRIVAL,
  committed,
  founded,
  joinedBy,
  keyPackage,
  NOTE,
  person,
  type Person,
  READING,
  refusal,
} from './people.fixture.js';

/** Of each kind of message: in all, before a release, more than 100,000. */
const CASES = scaled({ ci: { changed: 60, cut: 20 }, gate: { changed: Infinity, cut: 3_000 } });
/** Takes 30 ms each with X-Wing, since whoever reads it has made keys before it is found out. */
const SLOW = ['a Welcome of xWing', 'a GroupInfo of xWing'];

interface Frame {
  readonly bytes: Uint8Array;
  readonly take: (bytes: Uint8Array) => Promise<unknown>;
}

/** Everything that a relay hands to a client of MLS, and how the client takes it. */
async function frames(suite: (typeof MLS_SUITES)[keyof typeof MLS_SUITES]): Promise<Record<string, Frame>> {
  const [ann, ben, cid]: Person[] = [await person(1), await person(2), await person(3)];
  const [ofBen, ofCid] = [await keyPackage(ben!, suite), await keyPackage(cid!, suite)];
  const added = await committed(ann!, await founded(ann!, suite), { add: [ofBen] });
  const group = await joinedBy(ben!, added, ofBen);
  const addsCid = await committed(ann!, added.group, { add: [ofCid] });
  const back = await ann!.engine.rejoin(added.groupInfo, { ...ARRIVAL, authenticatedData: NOTE });
  const { message } = await ann!.engine.encrypt(added.group, Buffer.alloc(256), NOTE);
  const adding = (bytes: Uint8Array) => ({ add: [bytes], authenticatedData: NOTE, ...READING });
  return {
    'a Welcome': { bytes: added.welcome!, take: (bytes) => ben!.engine.join(bytes, ofBen.secrets, ARRIVAL) },
    'a commit': { bytes: addsCid.commit, take: (bytes) => ben!.engine.follow(group, bytes, READING) },
    'a commit from outside': { bytes: back.commit, take: (bytes) => ben!.engine.follow(group, bytes, READING) },
    'a message': { bytes: message, take: (bytes) => ben!.engine.open(group, bytes) },
    'a GroupInfo': {
      bytes: added.groupInfo,
      take: (bytes) => ben!.engine.rejoin(bytes, { ...ARRIVAL, authenticatedData: NOTE }),
    },
    'a key package': { bytes: ofCid.keyPackage, take: (bytes) => ben!.engine.commit(group, adding(bytes)) },
  };
}

describe.each(Object.entries(MLS_SUITES))('what was changed on its way, of suite %s', (name, suite) => {
  const kinds = ['a Welcome', 'a commit', 'a commit from outside', 'a message', 'a GroupInfo', 'a key package'];
  let made: Record<string, Frame>;
  beforeAll(async () => {
    made = await frames(suite);
  });

  it.each(kinds)('%s: is refused with a code, soon, and taken as it was (C-50)', async (kind) => {
    const { bytes, take } = made[kind]!;
    const seeded = Seeded.announced(`${kind} of ${name}`);
    expect(await refusal(take(bytes))).toBe('none');
    const ways = SLOW.includes(`${kind} of ${name}`) ? 'one' : 'all';
    const changed = await tally(mutants(bytes, seeded, { most: CASES.changed, ways }), take);
    const shortened = await tally(cut(bytes, seeded, CASES.cut), take);
    expectRefused(changed);
    expectRefused(shortened);
    recordEvidence('C-50', {
      [`${kind} of ${name}, cases refused`]: changed.cases + shortened.cases,
      'longest in ms': Math.round(Math.max(changed.longestMs, shortened.longestMs)),
    });
    expect(await refusal(take(bytes))).toBe('none');
  });

  it.each(kinds)(
    '%s: is refused by its size alone when it is too large, and in bytes of nothing (C-50)',
    async (kind) => {
      const { take } = made[kind]!;
      expect(await refusal(take(Buffer.alloc(1024 * 1024 + 1)))).toBe('too_large');
      expect(await refusal(take(new Uint8Array()))).toBe('malformed');
    },
  );

  it('and every kind in the place of another is refused', async () => {
    for (const kind of kinds)
      for (const other of kinds) {
        const isOther = !kind.includes('commit') || !other.includes('commit');
        if (kind !== other && isOther)
          expect(await refusal(made[kind]!.take(made[other]!.bytes))).toMatch(/^malformed|too_large$/);
      }
  });
});
