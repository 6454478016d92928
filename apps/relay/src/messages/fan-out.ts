import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { AccountId } from '#protocol';
import { Delivery } from '../delivery/index.js';
import { type CommittedDraft, EntryPushes, EntryWriter } from '../entries/index.js';
import { recipientsOf, Rosters } from './rosters.js';

/** Pushes every committed message to the connected devices of the conversation's members, and has others woken. */
@Injectable()
export class FanOut implements OnModuleInit {
  constructor(
    private readonly writer: EntryWriter,
    private readonly rosters: Rosters,
    private readonly pushes: EntryPushes,
    private readonly delivery: Delivery,
  ) {}

  onModuleInit(): void {
    this.writer.listen(async (committed) => {
      for (const one of committed) {
        const { draft, seq, rosterSeq } = one;
        // Without a turn of the event loop where the roster is known: that is nearly always.
        const roster =
          this.rosters.known(draft.conversationId, rosterSeq) ?? (await this.rosters.read(draft.conversationId));
        this.push(one, recipientsOf(roster, seq));
      }
    });
  }

  private push({ draft, seq, at, lifetimeMs }: CommittedDraft, recipients: readonly AccountId[]): void {
    const { conversationId, id, sender, body } = draft;
    const entry = {
      conversationId,
      seq,
      id,
      kind: 'message',
      senderId: sender.accountId,
      senderUsername: sender.username,
      senderDeviceId: sender.deviceId,
      body,
      createdAt: at,
      expiresAt: lifetimeMs === 0 ? null : new Date(at.getTime() + lifetimeMs),
    } as const;
    this.pushes.announce(entry, recipients, sender.deviceId);
    this.delivery.wake({ conversationId, recipients, senderId: sender.accountId });
  }
}
