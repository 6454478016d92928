import { Injectable } from '@nestjs/common';
import { CompactionStore, type Fill } from './compaction.store.js';

/** Moved in one transaction, about: their bodies may be large, and are moved as well. */
const ROWS = 25;
const MOST_PAGES = 64;
/** A table is left alone unless so much of it is free: 64 MiB, and a quarter of it. */
const LEAST_FREE_PAGES = 8_192;
const LEAST_FREE_SHARE = 0.25;

/**
 * Gives the disk back. What was erased is free within the table, and vacuum shortens the table by what is free at its end; so the
 * end is emptied into what is free before it, a few pages at a time. Nothing is locked that anybody else wants, and no index
 * or key is ever without an entry.
 */
@Injectable()
export class Compaction {
  private vacuums = -1;
  /** From here on the table is empty, or not to be emptied. */
  private edge = 0;

  constructor(private readonly store: CompactionStore) {}

  /** The batches that are worth doing now; each says whether it has had its turn. */
  async *batches(): AsyncGenerator<() => Promise<boolean>, void, undefined> {
    const fill = await this.store.fill();
    // Before a vacuum, nobody knows of any room.
    if (fill.vacuums !== this.vacuums) this.edge = fill.pages;
    this.vacuums = fill.vacuums;
    if (!isWorthIt(fill)) return;
    const pages = Math.min(MOST_PAGES, Math.max(1, Math.floor((ROWS * fill.pages) / Math.max(1, fill.rows))));
    while (this.edge > fill.filled) yield () => this.emptyNext(pages);
  }

  private async emptyNext(pages: number): Promise<boolean> {
    const from = Math.max(0, this.edge - pages);
    const highest = await this.store.empty(from, this.edge);
    if (highest === undefined) return false;
    // No room before it: the statistics have said too much.
    this.edge = highest < from ? from : 0;
    return true;
  }
}

function isWorthIt({ pages, filled }: Fill): boolean {
  return pages - filled >= Math.max(LEAST_FREE_PAGES, pages * LEAST_FREE_SHARE);
}
