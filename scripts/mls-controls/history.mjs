const MOST_MEMBERS = 16;
const REMEMBERED = 5;

/**
 * A random history of one group, in which everybody must agree and whoever was removed must be out.
 *
 * @returns the first thing that went wrong, and after how many commits; undefined when nothing did
 */
export async function findingOf(library, seed, steps) {
  const history = new History(library, seed);
  await history.begin();
  for (let step = 1; step <= steps; step++) {
    const finding = await history.step();
    if (finding !== undefined) return { finding, commits: step };
  }
  return undefined;
}

class History {
  members = [];
  removed = [];
  people = 0;

  constructor(library, seed) {
    this.library = library;
    this.random = numbersFrom(seed);
  }

  async begin() {
    const founder = await this.library.person(`p${this.people++}`);
    this.members.push({ group: await this.library.create(founder) });
  }

  async step() {
    const by = this.pick(this.members);
    const isFull = this.members.length >= MOST_MEMBERS;
    const coming = [];
    if (!isFull && this.random(2) === 0)
      for (let n = this.random(3); n >= 0; n--) coming.push(await this.library.person(`p${this.people++}`));
    const leaving = this.members.filter((one) => one !== by && this.members.length > 3 && this.random(6) === 0);
    const leaves = leaving.map(({ group }) => group.privatePath.leafIndex);
    const made = await this.library.commit(by.group, { coming, leaving: leaves });
    return (await this.land(made, { by, coming, leaving })) ?? this.message();
  }

  async land({ group, commit, welcome }, { by, coming, leaving }) {
    this.members = this.members.filter((one) => !leaving.includes(one));
    for (const one of leaving) {
      // With what they had, and whatever they can make of the commit that puts them out.
      const next = await this.library.follow(one.group, commit).catch(() => one.group);
      this.removed.push(one, { group: next });
    }
    try {
      for (const one of this.members) one.group = one === by ? group : await this.library.follow(one.group, commit);
      for (const person of coming) this.members.push({ group: await this.library.join(person, welcome) });
    } catch (error) {
      return `a member cannot follow or join: ${error.message}`;
    }
    const authenticators = this.members.map((one) =>
      Buffer.from(one.group.keySchedule.epochAuthenticator).toString('hex'),
    );
    return new Set(authenticators).size === 1 ? undefined : 'members are in different epochs';
  }

  async message() {
    const by = this.pick(this.members);
    const { group, message } = await this.library.seal(by.group, 'secret');
    by.group = group;
    for (const one of this.members.filter((member) => member !== by)) {
      const opened = await this.library.open(one.group, message);
      if (opened.text !== 'secret') return 'a member reads something else';
      one.group = opened.group;
    }
    for (const one of this.removed.slice(-2 * REMEMBERED)) {
      const read = await this.library.open(one.group, message).catch(() => undefined);
      if (read?.text === 'secret') return 'somebody who was removed reads on';
    }
    return undefined;
  }

  pick(choices) {
    return choices[this.random(choices.length)];
  }
}

/** The same for the same seed (mulberry32). */
function numbersFrom(seed) {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) % below;
  };
}
