import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, Seq } from '#protocol';
import { RosterStore } from '../conversations/index.js';

interface RosterMember {
  readonly accountId: AccountId;
  readonly joinedSeq: Seq;
}

export interface Roster {
  readonly rosterSeq: Seq;
  readonly members: readonly RosterMember[];
}

/** Those who may read the entry at `seq`. A roster read after the append may already hold somebody who joined after it. */
export function recipientsOf({ members }: Roster, seq: Seq): AccountId[] {
  return members.filter(({ joinedSeq }) => joinedSeq <= seq).map(({ accountId }) => accountId);
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

  /** The members as of one change of them, if they are remembered. */
  known(conversationId: ConversationId, rosterSeq: Seq): Roster | undefined {
    const roster = this.remembered.get(conversationId);
    return roster?.rosterSeq === rosterSeq ? roster : undefined;
  }

  /** The members as they are now. */
  async read(conversationId: ConversationId): Promise<Roster> {
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
