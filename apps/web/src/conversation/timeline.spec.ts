import type { MessageRecord } from '#sdk';
import { merged } from './timeline.js';

const record = (seq: number, text = 'x'): MessageRecord => ({
  id: `id-${String(seq)}`,
  seq,
  senderAccountId: 'ada',
  senderDeviceId: 'laptop',
  sentAtMs: seq,
  content: { kind: 'text', text },
});
const seqs = (records: readonly MessageRecord[]): number[] => records.map(({ seq }) => seq);

describe('what is known of a log', () => {
  it('grows at its end', () => {
    expect(seqs(merged([record(1), record(2)], [record(3)]))).toEqual([1, 2, 3]);
  });

  it('takes an earlier page, which comes newest first', () => {
    expect(seqs(merged([record(3)], [record(2), record(1)]))).toEqual([1, 2, 3]);
  });

  it('has each position once, as it was told last', () => {
    const [only, ...others] = merged([record(1)], [record(1, 'later')]);
    expect([only?.content, others]).toEqual([{ kind: 'text', text: 'later' }, []]);
  });
});
