import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type CommittedDraft, EntryPushes, EntryWriter } from '../entries/index.js';
import { Rosters } from './rosters.js';

/** Pushes every committed message to the connected devices of the conversation's members. */
@Injectable()
export class FanOut implements OnModuleInit {
  constructor(
    private readonly writer: EntryWriter,
    private readonly rosters: Rosters,
    private readonly pushes: EntryPushes,
  ) {}

  onModuleInit(): void {
    this.writer.listen(async (committed) => {
      for (const one of committed) await this.push(one);
    });
  }

  private async push({ draft, seq, at, rosterSeq }: CommittedDraft): Promise<void> {
    const { conversationId, id, sender, body, lifetimeMs } = draft;
    const recipients = await this.rosters.recipients(conversationId, rosterSeq, seq);
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
  }
}
