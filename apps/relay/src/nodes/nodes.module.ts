import { Module } from '@nestjs/common';
import { EntriesModule } from '../entries/index.js';
import { CatchUpService } from './catch-up.service.js';
import { HeardService } from './heard.service.js';
import { MovesStore } from './moves.store.js';
import { NodesService } from './nodes.service.js';

/** What makes one installation of several relays on one database. */
@Module({ imports: [EntriesModule], providers: [CatchUpService, HeardService, MovesStore, NodesService] })
export class NodesModule {}
