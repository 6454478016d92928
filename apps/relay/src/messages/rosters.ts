import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, Seq } from '#protocol';
import { RosterStore } from '../conversations/index.js';

interface RosterMember {
  readonly accountId: AccountId;
  readonly joinedSeq: Seq;
}

interface Roster {
  readonly rosterSeq: Seq;
  readonly members: readonly RosterMember[];
}

/** Members remembered at most, over all conversations. */
const MOST_MEMBERS = 500_000;

/**
 * Who receives a conversation's entries, remembered. Every append says which roster it was made under, so a remembered
 * list is used only when it is exactly that one, and needs no expiry.
 */
@Injectable()
export class Rosters {
  private readonly remembered = new Map<ConversationId, Roster>();
  private members = 0;

  constructor(private readonly store: RosterStore) {}

  /** Those who may read the entry at `seq`. */
  async recipients(conversationId: ConversationId, rosterSeq: Seq, seq: Seq): Promise<AccountId[]> {
    const known = this.remembered.get(conversationId);
    const roster = known?.rosterSeq === rosterSeq ? known : await this.read(conversationId);
    // A roster read after the append may already hold somebody who joined after this entry.
    return roster.members.filter(({ joinedSeq }) => joinedSeq <= seq).map(({ accountId }) => accountId);
  }

  private async read(conversationId: ConversationId): Promise<Roster> {
    const roster = await this.store.recipients(conversationId);
    this.remember(conversationId, roster);
    return roster;
  }

  private remember(conversationId: ConversationId, roster: Roster): void {
    this.forget(conversationId);
    this.remembered.set(conversationId, roster);
    this.members += roster.members.length;
    for (const oldest of this.remembered.keys()) {
      if (this.members <= MOST_MEMBERS) return;
      this.forget(oldest);
    }
  }

  private forget(conversationId: ConversationId): void {
    this.members -= this.remembered.get(conversationId)?.members.length ?? 0;
    this.remembered.delete(conversationId);
  }
}
