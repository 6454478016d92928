import type { LogItem } from './log-item.js';
import { pagesOf } from './log-pages.js';

const entry = (kind: 'message' | 'commit' | 'members', seq: number): LogItem => ({
  ...{ conversationId: 'c', seq, id: String(seq), kind, createdAt: new Date(seq).toISOString() },
  ...{ senderId: 'a', sender: 'ada', senderDeviceId: 'd' },
});
const gap: LogItem = { gap: { from: 3, to: 9, reason: 'expired' } };
const messages = (count: number): LogItem[] => Array.from({ length: count }, (_none, n) => entry('message', n + 1));

describe('a log in pages', () => {
  it('has all of it, in order, fifty items at most in each', () => {
    const log = messages(120);
    const pages = pagesOf(log);
    expect(pages.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(pages.flat()).toEqual(log);
    expect(pagesOf([])).toEqual([]);
  });

  it('has what may change a group by itself, and gaps among messages', () => {
    const [one, two] = [entry('message', 1), entry('message', 2)];
    const [commit, members, last] = [entry('commit', 10), entry('members', 11), entry('message', 12)];
    expect(pagesOf([one, two, gap, commit, members, last])).toEqual([[one, two, gap], [commit], [members], [last]]);
    expect(pagesOf([commit, one])).toEqual([[commit], [one]]);
  });
});
