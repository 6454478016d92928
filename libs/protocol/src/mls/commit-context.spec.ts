import { bitsTurned, Seeded } from '#testing';
import { canonicalBytes } from '../canonical.js';
import { LIMITS } from '../limits.js';
import { type CommitContext, commitContextBytes, readCommitContext, type RosterDelta } from './commit-context.js';

const LABEL = 'sealpost commit 1';
const id = (n: number): string => `0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d${String(n).padStart(2, '0')}`;
const [A, B, C] = [id(11), id(12), id(13)];
const place = { conversationId: id(1), commitId: id(2) };
const nothing: RosterDelta = { added: [], removed: [], roles: [] };
const full: CommitContext = {
  ...place,
  delta: { added: [A, B], removed: [C], roles: [{ accountId: A, role: 'admin' }] },
};
const contextOf = (delta: Partial<RosterDelta>): CommitContext => ({ ...place, delta: { ...nothing, ...delta } });

/** The wire form, which no release may change: put together by hand. */
const GOLDEN =
  '000000117365616c706f737420636f6d6d69742031' +
  `00000024${Buffer.from(id(1)).toString('hex')}00000024${Buffer.from(id(2)).toString('hex')}` +
  `000000013100000024${Buffer.from(A).toString('hex')}0000000130` +
  `000000013100000024${Buffer.from(A).toString('hex')}000000056f776e6572`;

describe('what a commit says of the roster', () => {
  it('is read as it was written', () => {
    for (const context of [full, contextOf({}), contextOf({ added: [A] }), contextOf({ removed: [A, B, C] })])
      expect(readCommitContext(commitContextBytes(context))).toEqual(context);
    for (const role of ['owner', 'admin', 'member'] as const) {
      const context = contextOf({ roles: [{ accountId: B, role }] });
      expect(readCommitContext(commitContextBytes(context))).toEqual(context);
    }
  });

  it('has the canonical bytes it always had', () => {
    const context = contextOf({ added: [A], roles: [{ accountId: A, role: 'owner' }] });
    expect(Buffer.from(commitContextBytes(context)).toString('hex')).toBe(GOLDEN);
  });

  it.each([
    ['accounts out of order', { added: [B, A] }],
    ['an account twice', { removed: [A, A] }],
    ['roles out of order', { roles: [B, A].map((accountId) => ({ accountId, role: 'member' as const })) }],
    ['two roles of one', { roles: (['owner', 'admin'] as const).map((role) => ({ accountId: A, role })) }],
    ['a role that is none', { roles: [{ accountId: A, role: 'king' as 'owner' }] }],
    ['an account that is none', { added: ['ada'] }],
    ['an account in capitals', { added: [A.toUpperCase()] }],
  ] satisfies [string, Partial<RosterDelta>][])('is refused with %s', (_what, delta) => {
    expect(readCommitContext(commitContextBytes(contextOf(delta)))).toBeUndefined();
  });

  it.each([
    ['a list that is longer than what follows', [1, 0, 0]],
    ['a list of more than there can be', [2 ** 53 - 1, 0, 0]],
    ['a list of fewer than none', [-1, 0, 0]],
    ['a length with a zero before it', ['00', 0, 0]],
    ['a list missing', [0, 0]],
    ['a list too many', [0, 0, 0, 0]],
    ['a role missing', [0, 0, 1, A]],
  ])('is refused with %s', (_what, lists) => {
    expect(readCommitContext(canonicalBytes(LABEL, [id(1), id(2), ...lists]))).toBeUndefined();
  });

  it('names as many accounts as one request may, and no more', () => {
    const many = (count: number): string[] =>
      Array.from({ length: count }, (_, n) => `0198c5a0-3f4e-7d3a-8b58-${String(n).padStart(12, '0')}`);
    const most = LIMITS.membersPerRequest;
    for (const list of ['added', 'removed'] as const) {
      const read = (count: number): unknown =>
        readCommitContext(commitContextBytes(contextOf({ [list]: many(count) })));
      expect([read(most), read(most + 1)]).toEqual([contextOf({ [list]: many(most) }), undefined]);
    }
  });

  it('is refused without its place, and under another label', () => {
    expect(readCommitContext(canonicalBytes(LABEL, [id(1), 'second', 0, 0, 0]))).toBeUndefined();
    expect(readCommitContext(canonicalBytes('sealpost commit 2', [id(1), id(2), 0, 0, 0]))).toBeUndefined();
  });

  it('is refused before its end, and with more behind it', () => {
    const bytes = commitContextBytes(full);
    for (let length = 0; length < bytes.length; length++)
      expect(readCommitContext(bytes.subarray(0, length))).toBeUndefined();
    for (const more of [1, 4]) expect(readCommitContext(Buffer.concat([bytes, Buffer.alloc(more)]))).toBeUndefined();
  });

  it('is, with a bit turned, nothing, or what is written with these very bytes', () => {
    for (const turned of bitsTurned(commitContextBytes(full))) {
      const context = readCommitContext(turned);
      if (context !== undefined) expect(Buffer.from(commitContextBytes(context))).toEqual(turned);
    }
  });

  it('is nothing in random bytes, without a throw', () => {
    const seeded = Seeded.announced('random commit contexts');
    for (let round = 0; round < 1_000; round++)
      expect(readCommitContext(seeded.bytes(seeded.between(0, 200)))).toBeUndefined();
  });
});
