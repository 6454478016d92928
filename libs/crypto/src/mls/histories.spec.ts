import { MLS_SUITES, type MlsSuite } from '#protocol';
import { scaled, Seeded } from '#testing';
import { MlsGroup } from './group.js';
import {
  ARRIVAL,
  committed,
  followed,
  founded,
  joinedBy,
  keyPackage,
  NOTE,
  person,
  type Person,
  refusal,
} from './people.fixture.js';
import type { OwnCommit } from './engine.js';

const RUNS = scaled({ ci: 1, gate: 50 });
const MOST_DEVICES = 20;

interface Seat {
  readonly person: Person;
  group: MlsGroup;
}

/** A group to which everything happens at random, and whoever has been thrown out of it with all they had. */
class History {
  readonly seats: Seat[] = [];
  readonly removed: Seat[] = [];
  private people = 0;

  constructor(
    private readonly seeded: Seeded,
    private readonly suite: MlsSuite,
  ) {}

  async begin(): Promise<void> {
    const founder = await person(this.people++);
    this.seats.push({ person: founder, group: await founded(founder, this.suite) });
  }

  async step(): Promise<void> {
    const by = this.seeded.pick(this.seats);
    if (this.seeded.oneIn(5) && this.seats.length > 1) return this.comeBack(by);
    const leaving = this.seats.filter((seat) => seat !== by && this.seats.length > 3 && this.seeded.oneIn(6));
    const room = MOST_DEVICES - this.seats.length;
    const coming = this.seeded.oneIn(2) ? Math.min(room, this.seeded.between(1, 3)) : 0;
    const newcomers = await Promise.all(Array.from({ length: coming }, () => person(this.people++)));
    const add = await Promise.all(newcomers.map((one) => keyPackage(one, this.suite)));
    const remove = leaving.map(({ group }) => group.ownLeafIndex);
    const commit = await committed(by.person, by.group, { add, remove });
    await this.accept(by, commit, leaving);
    for (const [n, newcomer] of newcomers.entries())
      this.seats.push({ person: newcomer, group: await joinedBy(newcomer, commit, add[n]!) });
  }

  private async comeBack(seat: Seat): Promise<void> {
    const other = this.seeded.pick(this.seats.filter((one) => one !== seat));
    const groupInfo = await other.person.engine.groupInfo(other.group);
    const back = await seat.person.engine.rejoin(groupInfo, { ...ARRIVAL, authenticatedData: NOTE });
    await this.accept(seat, back, []);
  }

  private async accept(by: Seat, commit: OwnCommit, leaving: readonly Seat[]): Promise<void> {
    for (const seat of leaving) this.seats.splice(this.seats.indexOf(seat), 1);
    this.removed.push(...leaving);
    for (const seat of this.seats)
      seat.group = seat === by ? commit.group : await followed(seat.person, seat.group, commit);
    if (this.seeded.oneIn(3)) by.group = MlsGroup.fromParts(by.group.parts());
  }

  /** Everybody reads a message of somebody, and nobody who was removed does. @returns how many could not, or could. */
  async readers(): Promise<{ kept: number; readOn: number }> {
    const by = this.seeded.pick(this.seats);
    const { group, message } = await by.person.engine.encrypt(by.group, NOTE, NOTE);
    by.group = group;
    let [kept, readOn] = [0, 0];
    for (const seat of this.seats) {
      if (seat === by) continue;
      const read = await seat.person.engine.open(seat.group, message);
      seat.group = read.group;
      if (Buffer.from(read.content).equals(NOTE)) kept++;
    }
    for (const { person: outsider, group: old } of this.removed.slice(-5))
      if ((await refusal(outsider.engine.open(old, message))) === 'none') readOn++;
    return { kept, readOn };
  }
}

describe.each([
  ['x25519', MLS_SUITES.x25519, 60],
  ['xWing', MLS_SUITES.xWing, 15],
] as const)('a random history of suite %s', (name, suite, steps) => {
  it('leaves all in one group, and whoever was removed outside (M-15)', async () => {
    const seeded = Seeded.announced(`histories of ${name}`);
    let removed = 0;
    for (let run = 0; run < RUNS; run++) {
      const history = new History(seeded.fork(), suite);
      await history.begin();
      for (let step = 0; step < steps; step++) {
        await history.step();
        const authenticators = history.seats.map(({ group }) => Buffer.from(group.epochAuthenticator).toString('hex'));
        expect(new Set(authenticators).size).toBe(1);
        expect(await history.readers()).toEqual({ kept: history.seats.length - 1, readOn: 0 });
      }
      removed += history.removed.length;
    }
    expect(removed).toBeGreaterThan(0);
  }, 600_000);
});
