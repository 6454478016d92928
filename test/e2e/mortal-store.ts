import type { Batch, MemoryStore, Range, Row, Store, StoreTable } from '#sdk';

/** What is thrown in a program that has ended. */
export class Crash extends Error {}

/** When a program ends: at the so-and-so-manieth write from now on, just before it lands, or just after, when nobody was told. */
export interface Death {
  readonly atWrite: number;
  readonly hasLanded: boolean;
}

/** A disk under a program that ends at a write. */
export class MortalStore implements Store {
  private writes = 0;
  private isDead = false;

  constructor(
    private readonly store: MemoryStore,
    private death?: Death,
  ) {}

  /** Another end than it was to have. */
  destine({ atWrite, hasLanded }: Death): void {
    this.death = { atWrite: this.writes + atWrite, hasLanded };
  }

  /** Ends the program now. */
  kill(): void {
    this.isDead = true;
  }

  async get(table: StoreTable, key: string): Promise<Row | undefined> {
    this.live();
    return this.store.get(table, key);
  }

  async scan(table: StoreTable, range?: Range): Promise<Row[]> {
    this.live();
    return this.store.scan(table, range);
  }

  async write(batch: Batch): Promise<void> {
    this.live();
    this.isDead = ++this.writes === this.death?.atWrite;
    if (!this.isDead || this.death?.hasLanded === true) await this.store.write(batch);
    this.live();
  }

  async close(): Promise<void> {
    await this.store.close();
  }

  async destroy(): Promise<void> {
    await this.store.destroy();
  }

  private live(): void {
    if (this.isDead) throw new Crash();
  }
}
