import { Seeded } from '#testing';
import { type ChaosMessage, History, type LoggedEntry } from './history.js';

const CONVERSATION = 'talk';
const CRASHES = 5;
const MESSAGES = 60;

/** What may be wrong with a relay. */
interface Bugs {
  readonly acknowledgesBeforeCommit?: true;
  readonly forgetsIds?: true;
  readonly reorders?: true;
  readonly skipsNumbers?: true;
  readonly mixesUpBodies?: true;
}

interface Held {
  readonly message: ChaosMessage;
  readonly acknowledge: (seq: number) => void;
}

/** A relay of a few lines: it holds messages back, commits them together, and forgets what it holds when it crashes. */
class ToyRelay {
  readonly log: LoggedEntry[] = [];
  private held: Held[] = [];

  constructor(private readonly bugs: Bugs) {}

  take(message: ChaosMessage, acknowledge: (seq: number) => void): void {
    this.held.push({ message, acknowledge });
    if (this.bugs.acknowledgesBeforeCommit) acknowledge(this.log.length + this.held.length);
  }

  /** @param isReplyLost when the relay ends after it has stored, and before it has answered. */
  commit(isReplyLost = false): void {
    const batch = this.bugs.reorders ? [...this.held].reverse() : this.held;
    this.held = [];
    for (const { message, acknowledge } of batch) {
      const seq = this.place(message);
      if (!isReplyLost) acknowledge(seq);
    }
  }

  crash(): void {
    this.held = [];
  }

  private place({ id, sender, ciphertext }: ChaosMessage): number {
    const known = this.bugs.forgetsIds ? undefined : this.log.find((entry) => entry.id === id);
    if (known !== undefined) return known.seq;
    const seq = (this.log.at(-1)?.seq ?? 0) + (this.bugs.skipsNumbers && this.log.length === 7 ? 2 : 1);
    const stored = this.bugs.mixesUpBodies && this.log.length === 7 ? 'something else' : ciphertext;
    this.log.push({ seq, id, kind: 'message', sender, ciphertext: stored });
    return seq;
  }
}

/** Three senders over one connection each, five crashes, and everything repeated that was not acknowledged. */
function violationsWith(bugs: Bugs, seed: number): string[] {
  const random = Seeded.of(seed);
  const [relay, history] = [new ToyRelay(bugs), new History()];
  let waiting: ChaosMessage[] = [];
  for (let count = 0, round = 0; count < MESSAGES || waiting.length > 0; round++) {
    const added = count < MESSAGES ? random.between(1, 5) : 0;
    for (let index = 0; index < added; index++) waiting.push(messageOf(`m${count++}`, random.between(1, 3)));
    for (const message of waiting)
      send(relay, history, { message, onPlaced: () => (waiting = without(waiting, message)) });
    if (round < CRASHES && round % 2 === 0) relay.crash();
    else relay.commit(round < CRASHES);
  }
  return history.violations({ [CONVERSATION]: relay.log });
}

function send(
  relay: ToyRelay,
  history: History,
  { message, onPlaced }: { message: ChaosMessage; onPlaced: () => void },
): void {
  const attempt = history.attempt(message, message.sender);
  relay.take(message, (seq) => {
    attempt.acknowledge(seq);
    onPlaced();
  });
}

function messageOf(id: string, sender: number): ChaosMessage {
  return { id, conversationId: CONVERSATION, sender: `sender${sender}`, ciphertext: `of ${id}` };
}

function without(messages: readonly ChaosMessage[], placed: ChaosMessage): ChaosMessage[] {
  return messages.filter((message) => message !== placed);
}

const SEEDS = [1, 2, 3, 4, 5];

describe('the checker of histories', () => {
  it.each(SEEDS)('finds nothing wrong with a relay that keeps its promises (seed %p)', (seed) => {
    expect(violationsWith({}, seed)).toEqual([]);
  });

  it.each<[string, Bugs, RegExp]>([
    ['acknowledges before it commits', { acknowledgesBeforeCommit: true }, /was acknowledged at \d+, and is lost/],
    ['does not know a repeat when it sees one', { forgetsIds: true }, /is doubled at/],
    ['lets later messages overtake earlier ones', { reorders: true }, /overtook/],
    ['leaves a number out', { skipsNumbers: true }, /position 8 of a log holds number 9/],
    ['stores something else', { mixesUpBodies: true }, /is not what was sent/],
  ])('catches a relay that %s', (_name, bugs, complaint) => {
    for (const seed of SEEDS) expect(violationsWith(bugs, seed)).toContainEqual(expect.stringMatching(complaint));
  });

  it('catches a message that stands before one which was acknowledged before it was sent, by whomever', () => {
    const history = new History();
    const [earlier, later] = [messageOf('earlier', 1), messageOf('later', 2)];
    history.attempt(earlier).acknowledge(2);
    history.attempt(later).acknowledge(1);
    expect(history.violations({ [CONVERSATION]: [entryOf(later, 1), entryOf(earlier, 2)] })).toEqual([
      'later stands before earlier, which was acknowledged before it was sent',
    ]);
  });

  it('catches two answers to one message, and an entry that nobody sent', () => {
    const history = new History();
    const message = messageOf('asked twice', 1);
    history.attempt(message).acknowledge(1);
    history.attempt(message).acknowledge(2);
    expect(history.violations({ [CONVERSATION]: [entryOf(message, 1), entryOf(messageOf('invented', 1), 2)] })).toEqual(
      ['invented at 2 was never sent here', 'asked twice was acknowledged at several places: 1, 2'],
    );
  });

  it('accepts what was stored without ever being acknowledged', () => {
    const history = new History();
    const message = messageOf('answer lost', 1);
    history.attempt(message);
    expect(history.violations({ [CONVERSATION]: [entryOf(message, 1)] })).toEqual([]);
    expect(history.violations({ [CONVERSATION]: [] })).toEqual([]);
  });
});

function entryOf({ id, sender, ciphertext }: ChaosMessage, seq: number): LoggedEntry {
  return { seq, id, kind: 'message', sender, ciphertext };
}
