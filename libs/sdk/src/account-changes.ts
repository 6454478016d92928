import type { ConversationBook } from './conversations/conversation-book.js';
import type { AccountChange } from './groups/group-parts.js';
import type { Upkeep } from './groups/upkeep.js';
import type { EventHub } from './sync/events.js';

/** What about a person may change who is in which group. */
const OF_OWN_DEVICES = ['devices', 'device_list'];
const CHANGES_OF_DEVICES = [...OF_OWN_DEVICES, 'identity'];

interface AccountChangesParts {
  readonly accountId: string;
  readonly book: Pick<ConversationBook, 'refresh' | 'get'>;
  readonly events: EventHub;
  readonly upkeep: Pick<Upkeep, 'tendThoseWith'>;
  readonly onVault: () => void;
  /** This account has another identity key. */
  readonly onIdentity: () => void;
}

/** Follows what the relay says about accounts, and not about any one log. */
export class AccountChanges {
  constructor(private readonly parts: AccountChangesParts) {}

  async take(changes: readonly AccountChange[]): Promise<void> {
    for (const change of changes) {
      this.tell(change);
      await this.follow(change);
    }
  }

  private tell({ what, subject }: AccountChange): void {
    const { accountId, events, onVault, onIdentity } = this.parts;
    if (what === 'vault') onVault();
    if (what === 'mfa' || what === 'contacts') events.tell([{ kind: what }]);
    if (subject !== accountId) return;
    if (OF_OWN_DEVICES.includes(what)) events.tell([{ kind: 'devices' }]);
    if (what === 'identity') onIdentity();
  }

  private async follow({ what, subject }: AccountChange): Promise<void> {
    const { book, events, upkeep } = this.parts;
    if (CHANGES_OF_DEVICES.includes(what)) await upkeep.tendThoseWith(subject);
    if (what !== 'conversation') return;
    await book.refresh(subject);
    // Of what one is only asked to join there is no log that would tell.
    if ((await book.get(subject)) !== undefined) events.tell([{ kind: 'conversation', conversationId: subject }]);
  }
}
