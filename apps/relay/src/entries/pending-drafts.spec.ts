import type { AccountId, ConversationId, DeviceId, EntryId, SessionId } from '#protocol';
import { Unavailable } from '../platform/errors/refusal.js';
import type { Draft } from './draft.js';
import { PendingDrafts } from './pending-drafts.js';

function draft(conversation: string, id: string, options: { sender?: string; bytes?: number } = {}): Draft {
  const { sender = 'ada', bytes = 1 } = options;
  return {
    conversationId: conversation as ConversationId,
    id: id as EntryId,
    sender: {
      accountId: sender as AccountId,
      username: sender,
      deviceId: sender as DeviceId,
      sessionId: sender as SessionId,
    },
    body: Buffer.alloc(bytes),
    lifetimeMs: 0,
  };
}

/** Adds drafts whose outcome the test does not wait for. */
function addAll(pending: PendingDrafts, ...drafts: Draft[]): void {
  for (const one of drafts) pending.add(one, 0).catch(() => undefined);
}

const ids = (batch: readonly { draft: Draft }[]) => batch.map((item) => item.draft.id);
const placement = (seq: number) => ({ seq, at: new Date(0), duplicate: false });

describe('drafts waiting to be written', () => {
  it('leave in the order they came, each conversation’s together', () => {
    const pending = new PendingDrafts();
    addAll(pending, draft('c', '1'), draft('d', '2'), draft('c', '3'));
    expect(ids(pending.take())).toEqual(['1', '3', '2']);
  });

  it('never stand in two batches of one conversation at once', () => {
    const pending = new PendingDrafts();
    addAll(pending, draft('c', '1'));
    const first = pending.take();
    addAll(pending, draft('c', '2'), draft('d', '3'));
    expect(ids(pending.take())).toEqual(['3']);
    first[0]?.place(placement(1));
    pending.release(first);
    expect(ids(pending.take())).toEqual(['2']);
  });

  it('keep their conversation shut until every draft in flight is released', () => {
    const pending = new PendingDrafts();
    addAll(pending, draft('c', '1'), draft('c', '2'));
    const [one, two] = pending.take();
    addAll(pending, draft('c', '3'));
    pending.release(one === undefined ? [] : [one]);
    expect(pending.take()).toEqual([]);
    pending.release(two === undefined ? [] : [two]);
    expect(ids(pending.take())).toEqual(['3']);
  });

  it('are two where two conversations have the same id', async () => {
    const pending = new PendingDrafts();
    const both = [draft('c', '1'), draft('d', '1')].map((one) => pending.add(one, 0));
    const batch = pending.take();
    expect(batch.map((item) => item.draft.conversationId)).toEqual(['c', 'd']);
    for (const [index, item] of batch.entries()) item.place(placement(index));
    pending.release(batch);
    expect(pending.size).toBe(0);
    await expect(Promise.all(both)).resolves.toEqual([placement(0), placement(1)]);
  });

  it('are all given up, but for those in flight, and their conversations are open again', async () => {
    const pending = new PendingDrafts();
    const flying = pending.add(draft('c', '1'), 0);
    const [first] = pending.take();
    const waiting = [pending.add(draft('c', '2'), 0), pending.add(draft('d', '3'), 0)];
    pending.failWaiting(new Unavailable());
    for (const one of waiting) await expect(one).rejects.toThrow(Unavailable);
    expect([pending.size, pending.waiting]).toEqual([1, 0]);
    first!.place(placement(1));
    await expect(flying).resolves.toEqual(placement(1));
    pending.release([first!]);
    addAll(pending, draft('d', '3'), draft('c', '2'));
    expect(ids(pending.take())).toEqual(['3', '2']);
    expect(pending.size).toBe(2);
  });

  it('never stand in one batch with what they repeat, whoever sends them', async () => {
    const pending = new PendingDrafts();
    const all = [draft('c', '1'), draft('c', '2'), draft('c', '1', { sender: 'eve' }), draft('c', '3')].map((one) =>
      pending.add(one, 0),
    );
    for (const [expected, seq] of [
      [['1', '2'], 1],
      [['1', '3'], 3],
    ] as const) {
      const batch = pending.take();
      expect(ids(batch)).toEqual(expected);
      expect(pending.take()).toEqual([]);
      for (const [index, item] of batch.entries()) item.place(placement(seq + index));
      pending.release(batch);
    }
    expect(pending.size).toBe(0);
    expect((await Promise.all(all)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  });

  it('are announced whenever one is queued', () => {
    let queued = 0;
    const pending = new PendingDrafts(() => queued++);
    addAll(pending, draft('c', '1'), draft('c', '1'), draft('d', '2'));
    expect(queued).toBe(3);
  });

  it('form batches of bounded size, and lose nothing that did not fit', () => {
    const pending = new PendingDrafts();
    addAll(pending, ...Array.from({ length: 600 }, (_, index) => draft('c', String(index))));
    const seen: string[] = [];
    for (let batch = pending.take(); batch.length > 0; batch = pending.take()) {
      expect(batch.length).toBeLessThanOrEqual(256);
      seen.push(...ids(batch));
      pending.release(batch);
    }
    expect(seen).toEqual(Array.from({ length: 600 }, (_, index) => String(index)));
  });

  it('count those that no batch has taken', () => {
    const pending = new PendingDrafts();
    addAll(pending, draft('c', '1'), draft('d', '2'), draft('c', '1'));
    expect(pending.waiting).toBe(3);
    const batch = pending.take();
    addAll(pending, draft('c', '3'));
    expect([pending.waiting, pending.size]).toEqual([2, 4]);
    pending.release(batch);
    expect([pending.waiting, pending.size]).toEqual([2, 2]);
  });

  it('form batches of bounded bytes', () => {
    const pending = new PendingDrafts();
    addAll(pending, ...Array.from({ length: 40 }, (_, index) => draft('c', String(index), { bytes: 65_536 })));
    expect(pending.take().length).toBeLessThanOrEqual(17);
  });

  it('are refused when the queue is full', async () => {
    const pending = new PendingDrafts();
    addAll(pending, ...Array.from({ length: 20_000 }, (_, index) => draft('c', String(index))));
    await expect(pending.add(draft('c', 'one more'), 0)).rejects.toThrow(Unavailable);
  });
});
