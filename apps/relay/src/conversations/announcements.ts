import { Injectable } from '@nestjs/common';
import { ChangesService } from '../changes/index.js';
import { EntryPushes } from '../entries/index.js';
import type { Outcome } from './conversation.js';

/** Tells connected devices what a transaction did, once it is committed. */
@Injectable()
export class Announcements {
  constructor(
    private readonly pushes: EntryPushes,
    private readonly changes: ChangesService,
  ) {}

  /** The acting device hears of its own entries, too: their content is the relay's, and its log needs them. */
  announce({ entries, recipients, changes }: Outcome): void {
    for (const entry of entries) this.pushes.announce(entry, recipients);
    this.changes.announce(changes);
  }
}
