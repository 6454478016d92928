/** Work on one thing at a time: what is asked for about the same key waits for what was asked before. */
export class Lanes {
  private readonly tails = new Map<string, Promise<unknown>>();

  /** @returns what the work does; its failure is its caller's, and stops nobody behind it. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.tails.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.tails.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.tails.get(key) === mine) this.tails.delete(key);
    }
  }
}
