import { MLS_SUITES } from '#protocol';
import { forget } from './engine.js';
import { MlsGroup } from './group.js';
import { committed, followed, founded, joinedBy, keyPackage, NOTE, person, READING, trio } from './people.fixture.js';

const MAX_BYTES = 10_000;
const sizeOf = (parts: ReadonlyMap<string, Uint8Array>): number =>
  [...parts.values()].reduce((sum, { length }) => sum + length, 0);

/** What is stored, as an application keeps it: only what has changed is written. */
class Store {
  readonly parts: Map<string, Uint8Array>;

  constructor(private stored: MlsGroup) {
    this.parts = new Map(stored.parts());
  }

  /** @returns how many bytes it has written. */
  write(group: MlsGroup): number {
    const { put, remove } = group.partsSince(this.stored);
    for (const [name, bytes] of put) this.parts.set(name, bytes);
    for (const name of remove) this.parts.delete(name);
    this.stored = group;
    return sizeOf(put);
  }
}

describe('a group of 100 devices with X-Wing', () => {
  const suite = MLS_SUITES.xWing;

  it('writes less than 10 KB with a message, however many were skipped, and all that it needs', async () => {
    const people = await Promise.all(Array.from({ length: 100 }, (_none, n) => person(n)));
    const packages = await Promise.all(people.slice(1).map((one) => keyPackage(one, suite)));
    const added = await committed(people[0]!, await founded(people[0]!, suite), { add: packages });
    let group = await joinedBy(people[1]!, added, packages[0]!);
    const store = new Store(group);
    const written: number[] = [];
    // Four devices whose keys are in one part, each with 40 messages of which the last comes first.
    for (const n of [4, 5, 6, 7]) {
      let sending = await joinedBy(people[n]!, added, packages[n - 1]!);
      let last = new Uint8Array();
      for (let sent = 0; sent < 40; sent++)
        ({ group: sending, message: last } = await people[n]!.engine.encrypt(sending, NOTE, NOTE));
      ({ group } = await people[1]!.engine.open(group, last));
      written.push(store.write(group));
    }
    const own = await people[1]!.engine.encrypt(group, NOTE, NOTE);
    written.push(store.write(own.group));
    expect(Math.max(...written)).toBeLessThan(MAX_BYTES);
    expect(written.at(-1)).toBeLessThan(1_000);
    expect(MlsGroup.fromParts(store.parts).parts()).toEqual(own.group.parts());
  }, 120_000);
});

describe.each(Object.entries(MLS_SUITES))('the parts of a group of suite %s', (_name, suite) => {
  it('are after every step those that were written step by step', async () => {
    const { ann, ben, groups } = await trio(suite);
    const store = new Store(groups.ben);
    let [ofAnn, ofBen] = [groups.ann, groups.ben];
    for (const remove of [[], [], [], [2], []]) {
      const sent = await ann.engine.encrypt(ofAnn, NOTE, NOTE);
      const commit = await committed(ann, sent.group, { remove });
      ofAnn = commit.group;
      const read = await ben.engine.open(ofBen, sent.message);
      store.write(read.group);
      ofBen = await followed(ben, read.group, commit);
      store.write(ofBen);
      expect(new Map(store.parts)).toEqual(ofBen.parts());
      expect(MlsGroup.fromParts(store.parts).parts()).toEqual(ofBen.parts());
    }
  });

  it('have nothing that is spent', async () => {
    const { ann, ben, groups } = await trio(suite);
    const sent = await ann.engine.encrypt(groups.ann, NOTE, NOTE);
    const read = await ben.engine.open(groups.ben, sent.message);
    const first = await committed(ann, sent.group);
    const heard = await ben.engine.follow(read.group, first.commit, READING);
    const removal = await committed(ben, heard.group!, { remove: [2] });
    const steps = [
      [sent.spent, sent.group],
      [read.spent, read.group],
      [first.spent, first.group],
      [heard.spent, heard.group!],
      [removal.spent, removal.group],
    ] as const;
    for (const [spent, after] of steps) {
      expect(spent.length).toBeGreaterThan(0);
      const stored = Buffer.concat([...after.parts().values()]);
      for (const secret of spent) expect(stored.includes(Buffer.from(secret))).toBe(false);
    }
    const before = removal.group.parts();
    for (const [spent] of steps) forget(spent);
    expect(removal.group.parts()).toEqual(before);
    expect([...removal.spent].every((secret) => secret.every((byte) => byte === 0))).toBe(true);
  });

  it('are refused when one is missing, cut, or of another form', async () => {
    const { groups } = await trio(suite);
    const parts = groups.cid.parts();
    for (const name of parts.keys()) {
      const without = new Map(parts);
      without.delete(name);
      expect(() => MlsGroup.fromParts(without)).toThrow(expect.objectContaining({ code: 'bad_state' }));
      for (const length of [0, 3, parts.get(name)!.length - 1])
        expect(() => MlsGroup.fromParts(new Map(parts).set(name, parts.get(name)!.slice(0, length)))).toThrow(
          expect.objectContaining({ code: 'bad_state' }),
        );
    }
  });
});
