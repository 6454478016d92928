import type { AccountId, ConversationId, DeviceId, EntryId } from '#protocol';
import type { Entry } from '../entries/index.js';
import { type Gap, type LogItem, readableRanges, withGaps } from './log-slice.js';

const conversationId = 'c' as ConversationId;
const now = 1_000_000;

function entry(seq: number, options: { expiresAtMs?: number; erased?: boolean } = {}): Entry {
  return {
    conversationId,
    seq,
    id: String(seq) as EntryId,
    kind: 'message',
    senderId: 'a' as AccountId,
    senderUsername: 'ada',
    senderDeviceId: 'd' as DeviceId,
    body: options.erased === true ? null : Buffer.from('x'),
    createdAt: new Date(0),
    expiresAt: options.expiresAtMs === undefined ? null : new Date(options.expiresAtMs),
  };
}

/** "1 2 [3-4 expired] 5" */
function shown(items: readonly LogItem[]): string {
  return items
    .map((item) =>
      'gap' in item ? `[${String(item.gap.from)}-${String(item.gap.to)} ${item.gap.reason}]` : String(item.seq),
    )
    .join(' ');
}

function show(entries: readonly Entry[], { after = 0, to, gaps = [] }: { after?: number; to: number; gaps?: Gap[] }) {
  return shown(withGaps({ conversationId, after, to }, { entries, gaps, reached: to }, now));
}

describe('a slice of a log', () => {
  it('is shown as it is when nothing is missing', () => {
    expect(show([entry(1), entry(2), entry(3)], { to: 3 })).toBe('1 2 3');
  });

  it('shows an entry that has expired as a gap, erased or not', () => {
    expect(show([entry(1), entry(2, { expiresAtMs: now }), entry(3, { erased: true }), entry(4)], { to: 4 })).toBe(
      '1 [2-3 expired] 4',
    );
  });

  it('still shows an entry whose time is not yet over', () => {
    expect(show([entry(1, { expiresAtMs: now + 1 })], { to: 1 })).toBe('1');
  });

  it('gives recorded gaps their reason, and cuts them to the range', () => {
    const gaps: Gap[] = [{ from: 1, to: 4, reason: 'erased' }];
    expect(show([entry(5)], { after: 2, to: 5, gaps })).toBe('[3-4 erased] 5');
  });

  it('admits a hole nobody recorded rather than hiding it', () => {
    expect(show([entry(1), entry(4)], { to: 4 })).toBe('1 [2-3 unknown] 4');
  });

  it('shows a gap that reaches to the end', () => {
    expect(show([entry(1)], { to: 3, gaps: [{ from: 2, to: 3, reason: 'expired' }] })).toBe('1 [2-3 expired]');
  });

  it('tells neighbouring gaps of different reasons apart', () => {
    const gaps: Gap[] = [
      { from: 1, to: 2, reason: 'expired' },
      { from: 3, to: 3, reason: 'erased' },
    ];
    expect(show([], { to: 4, gaps })).toBe('[1-2 expired] [3-3 erased] [4-4 unknown]');
  });
});

describe('what a member may read', () => {
  it('is everything after the cursor, for who never left', () => {
    expect(readableRanges([{ from: 1, to: null }], 3, 9)).toEqual([{ after: 3, to: 9 }]);
  });

  it('starts where they joined, and says that there was something before', () => {
    expect(readableRanges([{ from: 5, to: null }], 0, 9)).toEqual([
      { gap: { from: 1, to: 4, reason: 'not_member' } },
      { after: 4, to: 9 },
    ]);
  });

  it('ends with the entry that removed them', () => {
    expect(readableRanges([{ from: 1, to: 4 }], 0, 4)).toEqual([{ after: 0, to: 4 }]);
  });

  it('is exactly two stays for who left and returned', () => {
    const stays = [
      { from: 1, to: 4 },
      { from: 8, to: null },
    ];
    expect(readableRanges(stays, 0, 9)).toEqual([
      { after: 0, to: 4 },
      { gap: { from: 5, to: 7, reason: 'not_member' } },
      { after: 7, to: 9 },
    ]);
  });

  it('continues in the middle of the absence', () => {
    expect(
      readableRanges(
        [
          { from: 1, to: 4 },
          { from: 8, to: null },
        ],
        5,
        9,
      ),
    ).toEqual([{ gap: { from: 6, to: 7, reason: 'not_member' } }, { after: 7, to: 9 }]);
  });

  it('is nothing at the head', () => {
    expect(readableRanges([{ from: 1, to: null }], 9, 9)).toEqual([]);
  });
});
