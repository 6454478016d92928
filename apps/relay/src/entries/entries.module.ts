import { Module } from '@nestjs/common';
import { AppendStore } from './append.store.js';
import { Batching } from './batching.js';
import { EntryTally } from './entry-tally.js';
import { EntryPushes } from './entry-pushes.js';
import { EntryWriter } from './entry-writer.js';
import { LogStore } from './log.store.js';
import { PlacedEntriesStore } from './placed-entries.store.js';

@Module({
  providers: [AppendStore, Batching, EntryPushes, EntryTally, EntryWriter, LogStore, PlacedEntriesStore],
  exports: [EntryPushes, EntryWriter, LogStore, PlacedEntriesStore],
})
export class EntriesModule {}
