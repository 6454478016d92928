/**
 * A chat of `members` people who are all connected: most messages go to one person, fewer to groups of 10 and of 100, and one in a
 * hundred to a group of 1,000. Beside it a bare Socket.IO broadcast with a room for each conversation.
 */
import { CHARS } from '../lib/lab.mjs';
import { seedGroups } from '../lib/people.mjs';

/** Of a hundred messages. */
const SHARES = { direct: 60, 10: 30, 100: 9, 1000: 1 };

const MESSAGES = { load: 'messages', chars: CHARS };

export const mixed = {
  defaults: { members: 1_000, rate: 500 },
  unmatched: () => undefined,

  async run(lab) {
    const { members, rate } = lab.flags;
    const relays = await lab.startRelays({ people: members });
    for (const relay of relays) relay.traffic = await chatOf(relay);
    const servers = await lab.beside(relays, () => lab.startBroadcast(relays[0].traffic));
    await lab.warmUp(servers, { ...MESSAGES, inflight: 64, warmSeconds: 0 });
    await lab.rounds(async () => {
      for (const server of servers) {
        await lab.measure(server, 'mixed, fixed rate', { ...MESSAGES, rate });
        await lab.measure(server, 'mixed, saturation', { ...MESSAGES, inflight: 64 });
      }
    });
  },
};

/** Everybody is in one conversation of each kind. */
async function chatOf({ ownerUrl, people }) {
  const everybody = people.map((_person, index) => index);
  const pairs = partsOf(everybody, 2).map((members) => ({ id: people[members[0]].conversationId, members }));
  const kinds = [{ kind: 'direct', share: SHARES.direct, conversations: pairs }];
  for (const size of [10, 100, 1000].filter((size) => size <= people.length)) {
    const groups = partsOf(everybody, size);
    const ids = await seedGroups(
      ownerUrl,
      groups.map((members) => members.map((index) => people[index])),
    );
    const conversations = groups.map((members, group) => ({ id: ids[group], members }));
    kinds.push({ kind: `group${size}`, share: SHARES[size], conversations });
  }
  return kinds;
}

/** Whole parts only. */
function partsOf(list, size) {
  return Array.from({ length: Math.floor(list.length / size) }, (_none, part) =>
    list.slice(part * size, (part + 1) * size),
  );
}
