import type { AccountId, VaultName } from '#protocol';

/** A blob without its content. */
export interface VaultEntry {
  readonly name: VaultName;
  readonly version: number;
  readonly bytes: number;
  readonly updatedAt: Date;
}

/** A blob as its owner put it. */
export interface VaultItem {
  readonly name: VaultName;
  readonly version: number;
  readonly body: Buffer;
  readonly updatedAt: Date;
}

/** A state of a name. Deleting is one, too. */
export interface VaultVersion {
  readonly version: number;
  readonly updatedAt: Date;
}

export interface VaultPlace {
  readonly accountId: AccountId;
  readonly name: VaultName;
}

/** The next content of a name; null deletes it. */
export interface VaultWrite extends VaultPlace {
  /** The version that is to be replaced; 0 for a name that was never used. */
  readonly replaces: number;
  readonly body: Buffer | null;
  readonly at: Date;
}

/** The vault's root, wrapped anew, and the version that it replaces. */
export interface RootReplacement {
  readonly body: Buffer;
  readonly replaces: number;
}
