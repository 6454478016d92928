import { Chores } from '../sync/chores.js';
import type { BatchTaker } from './batch-taker.js';
import type { ArchiveName } from './history-records.js';
import { HistoryReader } from './history-reader.js';
import { type HistoryParts, HistoryWriter } from './history-writer.js';

/** Hands what was written before a device was linked from the old device to the new one. It keeps nothing else waiting. */
export class History {
  private readonly chores: Chores;
  private readonly stopping = new AbortController();
  private readonly writer: HistoryWriter;
  private readonly reader: HistoryReader;

  constructor(surroundings: Omit<HistoryParts, 'signal'>, taker: BatchTaker) {
    const parts = { ...surroundings, signal: this.stopping.signal };
    this.writer = new HistoryWriter(parts);
    this.reader = new HistoryReader(parts, taker);
    this.chores = new Chores(
      (error) => parts.events.tell([{ kind: 'failed', error }]),
      () => parts.events.tell([{ kind: 'offline' }]),
    );
  }

  /** @returns what the new device is to be given. */
  async begin(): Promise<ArchiveName> {
    return this.writer.begin();
  }

  async cancel(archive: ArchiveName): Promise<void> {
    await this.writer.cancel(archive);
  }

  /** Logs have grown, or groups are others. */
  writeLater(): void {
    this.chores.add('write', () => this.untilStopped(() => this.writer.write()));
  }

  /** The vault has changed. */
  readLater(): void {
    this.chores.add('read', () => this.untilStopped(() => this.reader.read()));
  }

  retryNow(): void {
    this.chores.retryNow();
  }

  async settled(): Promise<void> {
    await this.chores.settled();
  }

  /** Between two parts, at the latest: the rest is for the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.chores.stop();
  }

  private async untilStopped(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!this.stopping.signal.aborted) throw error;
    }
  }
}
