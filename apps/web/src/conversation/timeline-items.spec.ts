import type { MessageRecord, QueuedMessage } from '#sdk';
import { timelineItems } from './timeline-items.js';

const NOON = new Date(2026, 5, 1, 12).getTime();
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const record = (seq: number, given: Partial<MessageRecord> = {}): MessageRecord => ({
  id: `id-${String(seq)}`,
  seq,
  senderAccountId: 'ada',
  senderDeviceId: 'laptop',
  sentAtMs: NOON + seq * MINUTE_MS,
  content: { kind: 'text', text: `message ${String(seq)}` },
  ...given,
});

const queued = (given: Partial<QueuedMessage> = {}): QueuedMessage => ({
  id: 'waiting',
  content: { kind: 'text', text: 'on its way' },
  createdAtMs: NOON + 10 * MINUTE_MS,
  refused: null,
  ...given,
});

const itemsOf = (records: readonly MessageRecord[], waiting: readonly QueuedMessage[] = []) =>
  timelineItems({ records, waiting, ownAccountId: 'ada' });

describe('the lines of a chat', () => {
  it('begin each day with its date', () => {
    const items = itemsOf([record(1), record(2, { sentAtMs: NOON + DAY_MS })]);
    expect(items.map(({ kind }) => kind)).toEqual(['day', 'message', 'day', 'message']);
  });

  it('show how many messages are missing, where they are missing', () => {
    const [, gap] = itemsOf([record(1, { id: null, upTo: 4, content: null, unreadable: 'expired' })]);
    expect(gap).toMatchObject({ kind: 'gap', count: 4, reason: 'expired' });
  });

  it('show what cannot be read as a message of its sender', () => {
    const [, unread] = itemsOf([record(1, { content: null, unreadable: 'newer' })]);
    expect(unread).toMatchObject({ kind: 'message', isOwn: true });
  });

  it('have none for what only says something about other messages', () => {
    expect(itemsOf([record(1, { content: { kind: 'read', upTo: 1 } })])).toEqual([]);
  });

  it('put messages together that one person wrote within minutes', () => {
    const later = record(4, { sentAtMs: NOON + 60 * MINUTE_MS });
    const items = itemsOf([record(1), record(2), record(3, { senderAccountId: 'grace' }), later]);
    const edges = items.flatMap((item) => (item.kind === 'message' ? [[item.isFirst, item.isLast]] : []));
    expect(edges).toEqual([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
    ]);
  });

  it('end with what is on its way', () => {
    expect(itemsOf([record(1)], [queued()]).at(-1)).toMatchObject({ kind: 'queued', key: 'waiting' });
  });

  it('say where nothing had been read yet, once', () => {
    const records = [record(1), record(2, { senderAccountId: 'grace' }), record(3, { senderAccountId: 'grace' })];
    const items = timelineItems({ records, waiting: [], ownAccountId: 'ada', readUpTo: 1 });
    expect(items.map(({ kind }) => kind)).toEqual(['day', 'message', 'new', 'message', 'message']);
  });

  it('say how many messages of somebody have not come, also before what has no line of its own', () => {
    const late = record(1, { senderAccountId: 'grace', missingBefore: 2, content: { kind: 'read', upTo: 1 } });
    const [, missing, ...others] = itemsOf([late]);
    expect([missing, others]).toEqual([expect.objectContaining({ kind: 'missing', count: 2 }), []]);
  });

  it('have notes about keys at their time, and what the relay has lost at the end', () => {
    const note = { kind: 'device_added', accountId: 'grace', atMs: NOON + 2.5 * MINUTE_MS } as const;
    const records = [record(2), record(3)];
    const items = timelineItems({ records, waiting: [], ownAccountId: 'ada', notes: [note], lost: 4 });
    expect(items.map(({ kind }) => kind)).toEqual(['day', 'message', 'peer', 'message', 'lost']);
  });
});
