import { LIMITS, USERNAME_PATTERN, UUID_PATTERN, VAULT_NAME_PATTERN } from '#protocol';
import { InvalidRequest } from '../errors/refusal.js';
import { Base64Url, Int, Text } from './fields.js';

const DEFAULT_ITEMS = 50;
const CURSOR_BYTES = 256;

/** What every list takes: `?limit=&cursor=`. */
export class PageQuery {
  @Int({
    about: `Items per page; ${DEFAULT_ITEMS} when absent.`,
    min: 1,
    max: LIMITS.pageItems,
    optional: true,
    example: DEFAULT_ITEMS,
  })
  limit?: number;

  @Base64Url({
    about: 'The `nextCursor` of the page before; opaque.',
    minBytes: 1,
    maxBytes: CURSOR_BYTES,
    optional: true,
    example: encodeCursor([1_795_339_800_000]),
  })
  cursor?: string;
}

/** What every list answers beside its `items`; the base class of each list's reply. */
export abstract class PageDto {
  @Text({
    about: 'Where the next page starts; null after the last item.',
    max: 2 * CURSOR_BYTES,
    nullable: true,
    example: null,
  })
  nextCursor: string | null;
}

/** One page of a list. */
export interface Page<Item> {
  readonly items: Item[];
  readonly nextCursor: string | null;
}

export function limitOf(query: PageQuery): number {
  return query.limit ?? DEFAULT_ITEMS;
}

/** Cuts a page out of rows read with `LIMIT limit + 1`: the row too many only says that there is a next page. */
export function pageOf<Item>(
  rows: readonly Item[],
  limit: number,
  sortKey: (last: Item) => readonly (string | number)[],
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const nextCursor = rows.length > limit && last !== undefined ? encodeCursor(sortKey(last)) : null;
  return { items, nextCursor };
}

/** What a cursor can be made of. Bounds are those of the columns: a cursor comes from outside, however opaque. */
const CURSOR_PARTS = {
  seq: (part: unknown): part is number => isWithin(part, Number.MAX_SAFE_INTEGER),
  version: (part: unknown): part is number => isWithin(part, 2 ** 31 - 1),
  /** Milliseconds since the epoch, until the year 9999. */
  time: (part: unknown): part is number => isWithin(part, 253_402_300_799_999),
  uuid: (part: unknown): part is string => isLike(part, UUID),
  username: (part: unknown): part is string => isLike(part, USERNAME),
  vaultName: (part: unknown): part is string => isLike(part, VAULT_NAME),
} as const;
const UUID = new RegExp(UUID_PATTERN);
const USERNAME = new RegExp(USERNAME_PATTERN);
const VAULT_NAME = new RegExp(VAULT_NAME_PATTERN);

export type CursorPart = keyof typeof CURSOR_PARTS;
type CursorValue<Part> = Part extends 'uuid' | 'username' | 'vaultName' ? string : number;
/** The values of a cursor, by the kinds of its parts. */
export type CursorOf<Parts extends readonly CursorPart[]> = { readonly [I in keyof Parts]: CursorValue<Parts[I]> };

/** The cursor of a sort key. It is neither secret nor signed: whatever it says, a list shows only what its reader may see. */
export function encodeCursor(sortKey: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(sortKey)).toString('base64url');
}

/** Reads a cursor back. @throws {InvalidRequest} unless it is made of exactly these parts. */
export function decodeCursor<const Parts extends readonly CursorPart[]>(
  cursor: string | undefined,
  parts: Parts,
): CursorOf<Parts> | undefined {
  if (cursor === undefined) return undefined;
  const values = parseJson(Buffer.from(cursor, 'base64url').toString());
  if (!isCursor(values, parts))
    throw new InvalidRequest([{ path: '/cursor', message: 'is not a cursor of this list' }]);
  return values;
}

function isCursor<Parts extends readonly CursorPart[]>(values: unknown, parts: Parts): values is CursorOf<Parts> {
  if (!Array.isArray(values) || values.length !== parts.length) return false;
  return parts.every((part, index) => CURSOR_PARTS[part](values[index]));
}

function isWithin(part: unknown, max: number): part is number {
  return typeof part === 'number' && Number.isSafeInteger(part) && part >= 0 && part <= max;
}

function isLike(part: unknown, pattern: RegExp): part is string {
  return typeof part === 'string' && pattern.test(part);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
