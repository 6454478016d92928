import {
  type ArchivePlace,
  type Bytes,
  CryptoError,
  openArchivePart,
  openSuccessorKey,
  sealArchivePart,
  sealSuccessorKey,
} from '#crypto';
import { canonicalBytes, LIMITS, readCanonicalBytes, readText, readWhole } from '#protocol';
import type { VaultClient } from '../account/vault-client.js';
import type { ArchiveName } from './history-records.js';

const CONTENTS = 'history';
const LABEL = 'sealpost history 1';
/** Names are used again and again: a vault has room for few. */
const partName = (index: number): string => `${CONTENTS}.${String(index)}`;
/** A sealing of each of two keys, and what says that it is continued. */
const OVERHEAD_BYTES = 64;
const PART_BYTES = LIMITS.vaultItemBytes - 2 * OVERHEAD_BYTES;
/** Three quarters of a vault. */
export const MAX_PARTS = 190;

/** What lies in the vault of an archive. */
export interface ArchiveContents {
  readonly archiveId: string;
  readonly parts: number;
  readonly isComplete: boolean;
  /** Its key for readers of earlier archives, by their ids. */
  readonly successions: ReadonlyMap<string, Bytes>;
}

/** An archive of an account's history in its vault: parts that never change once they are announced, and what announces them. */
export class VaultArchive {
  constructor(private readonly vault: VaultClient) {}

  /** @returns the number of parts after those that were put. */
  async put(archive: ArchiveName, first: number, content: Bytes): Promise<number> {
    const slices = partsOf(content);
    for (let n = 0; n < slices; n++) {
      const isContinued = n + 1 < slices;
      const place = { ...archive, index: first + n, isContinued };
      const sealed = await sealArchivePart(content.slice(n * PART_BYTES, (n + 1) * PART_BYTES), place);
      const blob = new Uint8Array(sealed.length + 1);
      blob.set([Number(isContinued)]);
      blob.set(sealed, 1);
      await this.vault.replace(partName(first + n), blob);
    }
    return first + slices;
  }

  /**
   * What was put at once, and the number of the part behind it.
   * @returns undefined when the relay does not have all of it, or when it is of another archive by now.
   */
  async get(archive: ArchiveName, first: number): Promise<{ content: Bytes; next: number } | undefined> {
    const slices: Bytes[] = [];
    for (let index = first; index < MAX_PARTS; index++) {
      const blob = (await this.vault.get(partName(index)))?.content;
      if (blob === undefined) return undefined;
      const isContinued = blob[0] === 1;
      const slice = await opened(blob.slice(1), { ...archive, index, isContinued });
      if (slice === undefined) return undefined;
      slices.push(slice);
      if (!isContinued) return { content: joined(slices), next: index + 1 };
    }
    return undefined;
  }

  async announce(
    { archiveId, key, earlier }: ArchiveName & { readonly earlier: readonly ArchiveName[] },
    { parts, isComplete }: Pick<ArchiveContents, 'parts' | 'isComplete'>,
  ): Promise<void> {
    const successions: (string | Bytes)[] = [];
    for (const one of earlier)
      successions.push(
        one.archiveId,
        await sealSuccessorKey(key, { key: one.key, from: one.archiveId, to: archiveId }),
      );
    await this.vault.replace(CONTENTS, canonicalBytes(LABEL, [archiveId, parts, Number(isComplete), ...successions]));
  }

  /** @returns undefined when there is none, or one of a later version. */
  async contents(): Promise<ArchiveContents | undefined> {
    const [id, count, complete, ...rest] =
      readCanonicalBytes(LABEL, (await this.vault.get(CONTENTS))?.content ?? new Uint8Array()) ?? [];
    const archiveId = id && readText(id);
    const [parts, isComplete] = [count, complete].map((field) => field && readWhole(field));
    if (archiveId === undefined || parts === undefined || isComplete === undefined) return undefined;
    return { archiveId, parts, isComplete: isComplete === 1, successions: successionsOf(rest) };
  }

  /** The archive that took the place of an earlier one. @returns undefined if its key is not for readers of that one. */
  async successorOf({ archiveId, key }: ArchiveName, contents: ArchiveContents): Promise<ArchiveName | undefined> {
    const sealed = contents.successions.get(archiveId);
    if (sealed === undefined) return undefined;
    const to = contents.archiveId;
    return { archiveId: to, key: await openSuccessorKey(sealed, { key, from: archiveId, to }) };
  }

  /** Deletes whichever of these archives is there, what announces it last; not that of another device. */
  async remove(archives: readonly Pick<ArchiveName, 'archiveId'>[]): Promise<void> {
    const present = await this.contents();
    if (present === undefined || !archives.some(({ archiveId }) => archiveId === present.archiveId)) return;
    for (const name of await this.vault.names()) if (name.startsWith(`${CONTENTS}.`)) await this.vault.remove(name);
    await this.vault.remove(CONTENTS);
  }
}

function successionsOf(fields: readonly Uint8Array[]): Map<string, Bytes> {
  const successions = new Map<string, Bytes>();
  for (let n = 0; n + 1 < fields.length; n += 2) {
    const [from, sealed] = [fields[n], fields[n + 1]];
    if (from && sealed) successions.set(readText(from) ?? '', new Uint8Array(sealed));
  }
  return successions;
}

/** So many parts hold it. */
export function partsOf(content: Bytes): number {
  return Math.max(1, Math.ceil(content.length / PART_BYTES));
}

/** The vault vouches for it: what does not open here is of another archive. */
async function opened(sealed: Bytes, place: ArchivePlace): Promise<Bytes | undefined> {
  try {
    return await openArchivePart(sealed, place);
  } catch (error) {
    if (error instanceof CryptoError) return undefined;
    throw error;
  }
}

function joined(slices: readonly Bytes[]): Bytes {
  const out = new Uint8Array(slices.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const slice of slices) {
    out.set(slice, offset);
    offset += slice.length;
  }
  return out;
}
