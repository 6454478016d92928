/** `direct` is between two accounts and exists once; a `group` has roles and a changing roster. */
export const CONVERSATION_KINDS = ['direct', 'group'] as const;
export type ConversationKind = (typeof CONVERSATION_KINDS)[number];

/** How content is encrypted, as far as the relay must know: `opaque` is any ciphertext, `mls` a group of RFC 9420. */
export const CONVERSATION_PROTOCOLS = ['opaque', 'mls'] as const;
export type ConversationProtocol = (typeof CONVERSATION_PROTOCOLS)[number];

/** A group has exactly one owner, as long as it has members; in a direct conversation both are `member`. */
export const MEMBER_ROLES = ['owner', 'admin', 'member'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

/** `invited` members see that they are asked, but nothing of the conversation until they accept. */
export const MEMBER_STATES = ['invited', 'joined'] as const;
export type MemberState = (typeof MEMBER_STATES)[number];

/** What an entry of kind `members` says: the relay writes it, so that every device learns of changes in order. */
export interface MembersChange {
  readonly added?: readonly {
    readonly accountId: string;
    readonly username: string;
    readonly role: MemberRole;
    readonly state: MemberState;
  }[];
  readonly removed?: readonly { readonly accountId: string; readonly username: string }[];
  readonly roles?: readonly { readonly accountId: string; readonly role: MemberRole }[];
  /** Accounts that accepted their invitation. */
  readonly accepted?: readonly string[];
}
