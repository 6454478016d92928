import { CryptoError, MlsError, MlsGroup } from '#crypto';
import { RecordKind, type SealedBatch, type SealedStore } from '../store/sealed-store.js';
import { everyRow, startingWith } from '../store/store.js';

/** Parts of a group as they are. */
const PARTS = new RecordKind('groups', {
  encode: (bytes: Uint8Array<ArrayBuffer>) => bytes,
  decode: (bytes) => bytes,
});

/** A group, unless what is stored of it is damaged, and the version under which each of its parts is stored. */
interface Shelved {
  readonly group: MlsGroup | undefined;
  readonly versions: ReadonlyMap<string, number>;
}

/** What to write for a group to be stored, and what to remember once it is. */
export interface Shelving {
  readonly batch: Pick<SealedBatch, 'put' | 'delete'>;
  /** To be called when the batch has landed. */
  readonly landed: () => void;
}

/** The MLS groups of this device, stored part by part: a message changes a few hundred bytes of one. */
export class GroupShelf {
  private readonly shelved = new Map<string, Shelved>();
  private readonly reading = new Map<string, Promise<Shelved | undefined>>();

  /** @param onDamage told of a conversation whose group is stored and cannot be read: it is taken for none. */
  constructor(
    private readonly store: SealedStore,
    private readonly onDamage: (conversationId: string) => void = () => undefined,
  ) {}

  /** The group of a conversation. */
  async get(conversationId: string): Promise<MlsGroup | undefined> {
    return (await this.find(conversationId))?.group;
  }

  /** Replaces the group of a conversation by a later moment of it, or by another group. */
  async shelve(conversationId: string, group: MlsGroup): Promise<Shelving> {
    const before = await this.find(conversationId);
    const change = changeOf(before, group);
    const versions = new Map(before?.versions);
    const put = [...change.put].map(([part, bytes]) => {
      const replaces = versions.get(part) ?? 0;
      versions.set(part, replaces + 1);
      return PARTS.put(keyOf(conversationId, part), bytes, replaces);
    });
    for (const part of change.remove) versions.delete(part);
    return {
      batch: { put, delete: change.remove.map((part) => placeOf(conversationId, part)) },
      landed: () => this.shelved.set(conversationId, { group, versions }),
    };
  }

  /** Forgets the group of a conversation. */
  async clear(conversationId: string): Promise<Shelving> {
    const before = await this.find(conversationId);
    return {
      batch: { delete: [...(before?.versions.keys() ?? [])].map((part) => placeOf(conversationId, part)) },
      landed: () => this.shelved.delete(conversationId),
    };
  }

  private async find(conversationId: string): Promise<Shelved | undefined> {
    const known = this.shelved.get(conversationId);
    if (known !== undefined) return known;
    const found = await this.readOnce(conversationId);
    // Whoever waited for the same reading, or has written since, knows better.
    const landed = this.shelved.get(conversationId);
    if (landed !== undefined || found === undefined) return landed;
    this.shelved.set(conversationId, found);
    if (found.group === undefined) this.onDamage(conversationId);
    return found;
  }

  /**
   * The parts are read one page after the other: nobody may write in between, or parts of two moments would pass for a group that is
   * damaged. As long as all who ask wait for one reading, nobody does: who writes a group has asked for it before.
   */
  private readOnce(conversationId: string): Promise<Shelved | undefined> {
    const running = this.reading.get(conversationId);
    if (running !== undefined) return running;
    const reading = this.read(conversationId).finally(() => this.reading.delete(conversationId));
    this.reading.set(conversationId, reading);
    return reading;
  }

  private async read(conversationId: string): Promise<Shelved | undefined> {
    const prefix = keyOf(conversationId, '');
    const parts = new Map<string, Uint8Array>();
    const versions = new Map<string, number>();
    try {
      for await (const row of everyRow((range) => this.store.scan(PARTS, range), startingWith(prefix))) {
        const part = row.key.slice(prefix.length);
        parts.set(part, row.record);
        versions.set(part, row.version);
      }
      return parts.size === 0 ? undefined : { group: MlsGroup.fromParts(parts), versions };
    } catch (error) {
      if (!(error instanceof CryptoError) && !(error instanceof MlsError)) throw error;
      return { group: undefined, versions: await this.versionsOf(prefix) };
    }
  }

  /** What has to be replaced. */
  private async versionsOf(prefix: string): Promise<Map<string, number>> {
    const versions = new Map<string, number>();
    for await (const { key, version } of everyRow((range) => this.store.versions(PARTS, range), startingWith(prefix)))
      versions.set(key.slice(prefix.length), version);
    return versions;
  }
}

interface Change {
  readonly put: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly remove: readonly string[];
}

function changeOf(before: Shelved | undefined, group: MlsGroup): Change {
  if (before?.group?.name.generation === group.name.generation) return group.partsSince(before.group);
  const put = group.parts();
  return { put, remove: [...(before?.versions.keys() ?? [])].filter((part) => !put.has(part)) };
}

function keyOf(conversationId: string, part: string): string {
  return `${conversationId}/${part}`;
}

function placeOf(conversationId: string, part: string) {
  return { table: PARTS.table, key: keyOf(conversationId, part) } as const;
}
