import { Inject, Injectable } from '@nestjs/common';
import type { ConversationId, GroupPlace, Seq } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { bigintArray, byteaArray, uuidArray } from '../platform/database/binary-arrays.js';
import { Database } from '../platform/database/database.js';
import type { Draft } from './draft.js';

/** What became of one draft of a batch. */
export type AppendOutcome =
  | {
      readonly kind: 'accepted';
      readonly seq: Seq;
      readonly at: Date;
      /** Of the draft, or shorter where the conversation keeps nothing so long. */
      readonly lifetimeMs: number;
      readonly rosterSeq: Seq;
    }
  | { readonly kind: 'duplicate'; readonly seq: Seq; readonly at: Date }
  | { readonly kind: 'id_reused' | 'locked' | 'not_a_member' }
  | { readonly kind: 'stale_epoch'; readonly group: GroupPlace }
  | { readonly kind: 'removal_pending' | 'not_in_group' | 'not_of_group' };

const NO_PLACES = bigintArray([]);
const LOCK_NOT_AVAILABLE = '55P03';
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * Appends batches through the function `append_entries`, one round trip each, and single drafts through `append_entry`; or both
 * through `append_to_conversation` where the database is spread over several servers by conversation, and each batch is of one.
 */
@Injectable()
export class AppendStore {
  private readonly isByConversation: boolean;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Pick<Config, 'DATABASE_SHARDS'>,
  ) {
    this.isByConversation = config.DATABASE_SHARDS === 'conversation';
  }

  /**
   * Appends drafts in the given order; the outcomes stand at the drafts' indexes. Without `wait`, drafts for a conversation
   * that somebody else holds come back as `locked`; with it, they do so only after a second of waiting.
   */
  async append(drafts: readonly Draft[], wait: boolean): Promise<AppendOutcome[]> {
    try {
      return await this.call(drafts, wait);
    } catch (error) {
      if (isLockTimeout(error)) return drafts.map(() => ({ kind: 'locked' }));
      throw error;
    }
  }

  private async call(drafts: readonly Draft[], wait: boolean): Promise<AppendOutcome[]> {
    const at = this.clock.now();
    const rows = await this.rowsOf(drafts, at, wait);
    const outcomes = new Array<AppendOutcome>(drafts.length).fill({ kind: 'not_a_member' });
    for (const row of rows) outcomes[Number(row[0]) - 1] = outcomeOf(row, at);
    return outcomes;
  }

  private rowsOf(drafts: readonly Draft[], at: Date, wait: boolean): Promise<unknown[][]> {
    if (this.isByConversation) return this.toOne(drafts, at, wait);
    const [draft, second] = drafts;
    if (draft !== undefined && second === undefined && !wait) return this.single(draft, at);
    return this.toMany(drafts, at, wait);
  }

  private single({ conversationId, id, sender, body, lifetimeMs, place }: Draft, at: Date): Promise<unknown[][]> {
    return this.database.prepared({
      name: 'append_entry',
      text: 'SELECT n, code, seq, at_ms, roster FROM append_entry($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)',
      values: [
        conversationId,
        id,
        sender.accountId,
        sender.deviceId,
        sender.sessionId,
        body,
        lifetimeMs,
        place?.generation,
        place?.epoch,
        at,
      ],
    });
  }

  private toMany(drafts: readonly Draft[], at: Date, wait: boolean): Promise<unknown[][]> {
    // In the order of ids, in which the function locks them: then it need not look for their places.
    const conversations = [...new Set(drafts.map(({ conversationId }) => conversationId))].sort();
    const places = new Map(conversations.map((id, index) => [id, index + 1]));
    return this.database.prepared({
      name: 'append_entries',
      text: 'SELECT n, code, seq, at_ms, roster FROM append_entries($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
      values: [
        uuidArray(conversations),
        bigintArray(drafts.map(({ conversationId }) => places.get(conversationId) ?? 0)),
        ...columnsOf(drafts),
        at,
        wait,
      ],
    });
  }

  private async toOne(drafts: readonly Draft[], at: Date, wait: boolean): Promise<unknown[][]> {
    const conversation = onlyOneOf(drafts);
    if (conversation === undefined) return [];
    return this.database.prepared({
      name: 'append_to_conversation',
      text: 'SELECT n, code, seq, at_ms, roster FROM append_to_conversation($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
      values: [conversation, ...columnsOf(drafts), at, wait],
    });
  }
}

/** What both functions take of drafts, an array for each. */
function columnsOf(drafts: readonly Draft[]): Buffer[] {
  return [
    uuidArray(drafts.map(({ id }) => id)),
    uuidArray(drafts.map(({ sender }) => sender.accountId)),
    uuidArray(drafts.map(({ sender }) => sender.deviceId)),
    uuidArray(drafts.map(({ sender }) => sender.sessionId)),
    byteaArray(drafts.map(({ body }) => body)),
    bigintArray(drafts.map(({ lifetimeMs }) => lifetimeMs)),
    placesOf(drafts, 'generation'),
    placesOf(drafts, 'epoch'),
  ];
}

/** @throws when a batch has more: its drafts would be stored in the wrong log. */
function onlyOneOf(drafts: readonly Draft[]): ConversationId | undefined {
  const conversation = drafts[0]?.conversationId;
  if (drafts.some(({ conversationId }) => conversationId !== conversation))
    throw new Error('a batch has several conversations, where each may be on a server of its own');
  return conversation;
}

/** Empty when no draft has a place: as a rule, or none of them is of an MLS group. */
function placesOf(drafts: readonly Draft[], part: keyof GroupPlace): Buffer {
  if (drafts.every(({ place }) => place === undefined)) return NO_PLACES;
  return bigintArray(drafts.map(({ place }) => place?.[part] ?? null));
}

/** The codes that say nothing else; 4 is what a draft without a row has become. */
const PLAIN_OUTCOMES = new Map<number, 'id_reused' | 'locked' | 'removal_pending' | 'not_in_group' | 'not_of_group'>([
  [2, 'id_reused'],
  [3, 'locked'],
  [6, 'removal_pending'],
  [7, 'not_in_group'],
  [8, 'not_of_group'],
]);

function outcomeOf(row: readonly unknown[], at: Date): AppendOutcome {
  const [code = 0, seq = 0, atMs = 0, rosterSeq = 0] = row.slice(1).map(Number);
  switch (code) {
    case 0:
      return { kind: 'accepted', seq, at, lifetimeMs: atMs, rosterSeq };
    case 1:
      return { kind: 'duplicate', seq, at: new Date(atMs) };
    case 5:
      return { kind: 'stale_epoch', group: { epoch: seq, generation: atMs } };
    default:
      return { kind: PLAIN_OUTCOMES.get(code) ?? 'not_a_member' };
  }
}

function isLockTimeout(error: unknown): boolean {
  return stateOf(error) === LOCK_NOT_AVAILABLE;
}

/**
 * Whether nobody can say if a failed batch was stored: the connection broke before the answer. What PostgreSQL itself
 * reports it has rolled back, but for its own end (57P0x), which may come between the commit and the answer.
 */
export function isUncertain(error: unknown): boolean {
  const state = stateOf(error);
  return state !== undefined && (!SQLSTATE.test(state) || /^(08|57P)/.test(state));
}

/** The code of what the driver threw: of PostgreSQL, of a socket, or none. */
function stateOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  if (!(cause instanceof Error)) return undefined;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
}
