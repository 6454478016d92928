import { v7 } from 'uuid';
import { CONVERSATIONS, type Member, newConversation } from './conversation-record.js';

const MAX_BYTES = 6_000;

const someone = (n: number, accountId = v7()): Member => ({
  accountId,
  username: `somebody.called-${String(n)}`,
  role: n === 0 ? 'owner' : 'member',
  state: n % 2 === 0 ? 'joined' : 'invited',
});

function record(members: readonly Member[]) {
  return newConversation(
    { kind: 'group', cursor: 7, believedUntil: 7, standing: 'joined', members },
    1_796_000_000_000,
  );
}

describe('a conversation in the store', () => {
  it('of a hundred members is less than six kilobytes, and comes back as it was', () => {
    const written = record(Array.from({ length: 100 }, (_none, n) => someone(n)));
    const bytes = CONVERSATIONS.codec.encode(written);
    expect(bytes.length).toBeLessThan(MAX_BYTES);
    expect(CONVERSATIONS.codec.decode(bytes)).toEqual(written);
  });

  it('keeps ids that are none, whoever has made them up', () => {
    const ids = ['', 'nobody', v7().toUpperCase(), `${v7()}0`, '0'.repeat(36)];
    const written = record(ids.map((id, n) => someone(n, id)));
    expect(CONVERSATIONS.codec.decode(CONVERSATIONS.codec.encode(written))).toEqual(written);
  });
});
