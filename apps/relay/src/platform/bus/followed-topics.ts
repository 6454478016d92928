import type { Topic } from './bus.js';

interface Change {
  readonly add: readonly Topic[];
  readonly drop: readonly Topic[];
}

/** In one command: Redis would do nothing else meanwhile. */
const MOST_AT_ONCE = 1_000;

/** Which topics are wanted, and which of them the other side has confirmed: the difference is what to ask for next. */
export class FollowedTopics {
  private readonly wanted = new Set<Topic>();
  private readonly confirmed = new Set<Topic>();
  private readonly changed = new Set<Topic>();

  want(topic: Topic): void {
    this.wanted.add(topic);
    this.changed.add(topic);
  }

  unwant(topic: Topic): void {
    this.wanted.delete(topic);
    this.changed.add(topic);
  }

  /** What to ask for next; `undefined` when all is as it is wanted. */
  take(): Change | undefined {
    const add: Topic[] = [];
    const drop: Topic[] = [];
    for (const topic of this.changed) {
      if (add.length + drop.length >= MOST_AT_ONCE) break;
      this.changed.delete(topic);
      if (this.wanted.has(topic) && !this.confirmed.has(topic)) add.push(topic);
      if (!this.wanted.has(topic) && this.confirmed.has(topic)) drop.push(topic);
    }
    return add.length + drop.length === 0 && this.changed.size === 0 ? undefined : { add, drop };
  }

  confirm({ add, drop }: Change): void {
    for (const topic of add) this.confirmed.add(topic);
    for (const topic of drop) this.confirmed.delete(topic);
  }

  /** The other side knows of nothing any more. */
  forget(): void {
    this.confirmed.clear();
    for (const topic of this.wanted) this.changed.add(topic);
  }
}
