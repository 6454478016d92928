import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Test data of others, which lies beside the repository and is no part of it. */
const VECTORS = resolve(import.meta.dirname, '../../../../shared/vectors');

export interface JsonFile {
  readonly name: string;
  readonly bytes: Buffer;
}

/** JSONTestSuite: `y_…` is JSON, `n_…` is none, of `i_…` a parser may think as it likes. None when it is not there. */
export function jsonFiles(): readonly JsonFile[] {
  const directory = present('json');
  if (directory === undefined) return [];
  return readdirSync(directory)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, bytes: readFileSync(join(directory, name)) }));
}

/** The Big List of Naughty Strings. None when it is not there. */
export function naughtyStrings(): readonly string[] {
  const file = present('naughty-strings.json');
  return file === undefined ? [] : (JSON.parse(readFileSync(file, 'utf8')) as string[]);
}

/** Of a case of Project Wycheproof: its texts, which are hex but for comments, and whether it is to be accepted. */
export type WycheproofCase = Readonly<
  Record<'comment' | 'result' | 'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string>
> &
  Readonly<Record<'ikm' | 'salt' | 'info' | 'okm', string>> & { readonly tcId: number; readonly size: number };

export interface WycheproofGroup {
  readonly keySize: number;
  readonly ivSize: number;
  readonly tests: readonly WycheproofCase[];
}

/** Project Wycheproof: attacks on primitives, by file without `.json`. None when it is not there. */
export function wycheproof(file: string): readonly WycheproofGroup[] {
  const path = present(`wycheproof/${file}.json`);
  if (path === undefined) return [];
  return (JSON.parse(readFileSync(path, 'utf8')) as { testGroups: WycheproofGroup[] }).testGroups;
}

/** Vectors of the MLS working group, by file; each has its own fields. None when it is not there. */
export function mlsVectors(file: string): readonly unknown[] {
  const path = present(`mls/${file}.json`);
  return path === undefined ? [] : (JSON.parse(readFileSync(path, 'utf8')) as unknown[]);
}

/** The working group's messages of MLS, by kind: real ones, of groups that are none of this protocol. None when they are not there. */
export function mlsMessages(): readonly Readonly<Record<string, Buffer>>[] {
  return (mlsVectors('messages') as Record<string, string>[]).map((one) =>
    Object.fromEntries(Object.entries(one).map(([kind, hex]) => [kind, Buffer.from(hex, 'hex')])),
  );
}

function present(name: string): string | undefined {
  const path = join(VECTORS, name);
  if (existsSync(path)) return path;
  process.stderr.write(`Skipped, for want of ../shared/vectors/${name}: what is tested with it.\n`);
  return undefined;
}
