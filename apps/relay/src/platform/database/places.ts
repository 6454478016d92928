import { Unavailable } from '../errors/refusal.js';

/** What comes on top is refused at once: more would only wait until nobody asks any more. */
const MOST_WAITING = 20_000;

interface Waiting {
  readonly begin: () => void;
  readonly refuse: (outage: Unavailable) => void;
}

/**
 * Lets a few at a time do what takes a connection to the database for long; the others wait in the order in which they came, and
 * not for a connection. When thousands come back at once, there is one left for everybody else.
 */
export class Places {
  private readonly waiting: Waiting[] = [];
  private taken = 0;

  constructor(private readonly most: number) {}

  /** @throws {Unavailable} when too many wait, or the database was found to be away meanwhile. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    if (this.taken < this.most) this.taken++;
    else await this.placeInQueue();
    try {
      return await work();
    } catch (error) {
      // Each of them would wait as long for the same.
      if (error instanceof Unavailable) for (const { refuse } of this.waiting.splice(0)) refuse(error);
      throw error;
    } finally {
      const next = this.waiting.shift();
      // A place is handed over, not given back and taken again, so that nobody slips in between.
      if (next === undefined) this.taken--;
      else next.begin();
    }
  }

  private placeInQueue(): Promise<void> {
    if (this.waiting.length >= MOST_WAITING) throw new Unavailable('Too many at once.');
    return new Promise((begin, refuse) => this.waiting.push({ begin, refuse }));
  }
}
