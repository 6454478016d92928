import type { Marks, Member } from '#sdk';

/** How far a message has come: the relay has it, everybody's device has it, everybody has seen it. */
export type Delivery = 'sent' | 'delivered' | 'read';

interface Readers {
  readonly members: readonly Member[];
  readonly marks: ReadonlyMap<string, Marks>;
  readonly ownAccountId: string;
}

/** How far a message of one's own has come with all others who can have it: as far as with the last of them. */
export function deliveryOf(seq: number, { members, marks, ownAccountId }: Readers): Delivery {
  const readers = members.filter(
    ({ accountId, state, since = 0 }) => accountId !== ownAccountId && state === 'joined' && since <= seq,
  );
  const all = (has: (marks: Marks) => boolean): boolean =>
    readers.every(({ accountId }) => {
      const known = marks.get(accountId);
      return known !== undefined && has(known);
    });
  if (readers.length === 0 || !all(({ delivered }) => delivered >= seq)) return 'sent';
  return all(({ read }) => read >= seq) ? 'read' : 'delivered';
}
