import { RecordKind, type RecordReader, type SealedPut } from '../store/sealed-store.js';
import { versionedCodec } from '../store/versioned-codec.js';

/** How far somebody has a conversation: what is read is delivered, too. */
export interface Marks {
  readonly accountId: string;
  /** Stored on a device of theirs up to this position; 0 at first. */
  readonly delivered: number;
  /** Read up to this position; 0 at first. */
  readonly read: number;
}

/** Of a conversation's members, this account's own among them: what the relay has of it. */
const MARKS = new RecordKind('settings', versionedCodec<readonly Marks[]>(1));

const keyOf = (conversationId: string): string => `marks/${conversationId}`;

/** What is known of each member. */
export async function marksIn(store: RecordReader, conversationId: string): Promise<readonly Marks[]> {
  return (await store.get(MARKS, keyOf(conversationId)))?.record ?? [];
}

/** Those that go further than what is known, and what stores them. Marks never go back. */
export async function raisedMarks(
  store: RecordReader,
  conversationId: string,
  told: readonly Marks[],
): Promise<{ readonly raised: readonly Marks[]; readonly put: readonly SealedPut[] }> {
  const stored = await store.get(MARKS, keyOf(conversationId));
  const known = new Map(stored?.record.map((marks) => [marks.accountId, marks]));
  const raised = new Map<string, Marks>();
  for (const { accountId, delivered, read } of told) {
    const before = raised.get(accountId) ?? known.get(accountId) ?? { accountId, delivered: 0, read: 0 };
    const isFurther = Math.max(delivered, read) > before.delivered || read > before.read;
    const marks = {
      accountId,
      delivered: Math.max(before.delivered, delivered, read),
      read: Math.max(before.read, read),
    };
    if (isFurther) raised.set(accountId, marks);
  }
  if (raised.size === 0) return { raised: [], put: [] };
  const all = [...new Map([...known, ...raised]).values()];
  return { raised: [...raised.values()], put: [MARKS.put(keyOf(conversationId), all, stored?.version)] };
}
