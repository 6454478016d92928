import { MLS_SUITES } from '#protocol';
import { scaled, Seeded } from '#testing';
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

/** Of each kind of message. */
const CASES = scaled({ ci: { turned: 250, cut: 80 }, gate: { turned: 20_000, cut: 4_000 } });
const ALLOWED_MS = 1_000;

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

/** The codes and the longest time, of all that was refused; whatever was not stands first. */
async function tally(cases: readonly Uint8Array[], take: Frame['take']) {
  const codes = new Set<string>();
  let longestMs = 0;
  for (const bytes of cases) {
    const start = performance.now();
    codes.add(await refusal(take(bytes)));
    longestMs = Math.max(longestMs, performance.now() - start);
  }
  return { codes: [...codes].sort(), longestMs };
}

describe.each(Object.entries(MLS_SUITES))('what was changed on its way, of suite %s', (name, suite) => {
  const kinds = ['a Welcome', 'a commit', 'a commit from outside', 'a message', 'a GroupInfo', 'a key package'];
  let made: Record<string, Frame>;
  beforeAll(async () => {
    made = await frames(suite);
  });

  it.each(kinds)('%s: is refused with a code, soon, and taken as it was', async (kind) => {
    const { bytes, take } = made[kind]!;
    const seeded = Seeded.announced(`${kind} of ${name}`);
    expect(await refusal(take(bytes))).toBe('none');
    const turned = Array.from({ length: CASES.turned }, () => {
      const copy = Buffer.from(bytes);
      copy[seeded.between(0, copy.length - 1)]! ^= 1 << seeded.between(0, 7);
      return copy;
    });
    const cut = Array.from({ length: CASES.cut }, () => bytes.subarray(0, seeded.between(0, bytes.length - 1)));
    const grown = [Buffer.concat([bytes, Buffer.alloc(1)]), Buffer.concat([bytes, bytes])];
    const { codes, longestMs } = await tally([...turned, ...cut, ...grown], take);
    expect(codes.filter((code) => !/^[a-z_]+$/.test(code) || code === 'none')).toEqual([]);
    expect(longestMs).toBeLessThan(ALLOWED_MS);
    expect(await refusal(take(bytes))).toBe('none');
  });

  it.each(kinds)('%s: is refused by its size alone when it is too large, and in bytes of nothing', async (kind) => {
    const { take } = made[kind]!;
    expect(await refusal(take(Buffer.alloc(1024 * 1024 + 1)))).toBe('too_large');
    expect(await refusal(take(new Uint8Array()))).toBe('malformed');
  });

  it('and every kind in the place of another is refused', async () => {
    for (const kind of kinds)
      for (const other of kinds) {
        const isOther = !kind.includes('commit') || !other.includes('commit');
        if (kind !== other && isOther)
          expect(await refusal(made[kind]!.take(made[other]!.bytes))).toMatch(/^malformed|too_large$/);
      }
  });
});
