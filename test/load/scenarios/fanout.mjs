/**
 * One message to many sockets, beside a bare Socket.IO broadcast: to an opaque group of `members` who are all online, and to the
 * same group when its members have so many devices that there are `connections` sockets.
 */
import { KID } from '../lib/installation.mjs';
import { CHARS } from '../lib/lab.mjs';
import { seedDevices, seedGroups } from '../lib/people.mjs';

const MESSAGES = { load: 'messages', chars: CHARS };

export const fanout = {
  defaults: { members: 1_000, connections: 10_000 },
  unmatched: () => undefined,

  async run(lab) {
    const { members, connections } = lab.flags;
    const relays = await lab.startRelays({ people: members });
    for (const relay of relays) await gather(relay, connections);
    const servers = await lab.beside(relays, () => lab.startBroadcast(relays[0].traffic));
    await lab.warmUp(servers.map(group), { ...MESSAGES, inflight: 4, warmSeconds: 0 });
    await lab.rounds(async () => {
      for (const server of servers) await lab.measure(group(server), 'group', { ...MESSAGES, inflight: 4 });
      // One at a time: how long does it take until everybody has it?
      for (const server of servers) await lab.measure(server, 'all sockets', { ...MESSAGES, inflight: 1 });
    });

    /** With one socket each. */
    function group(server) {
      const [{ conversations, ...kind }] = server.traffic;
      const small = conversations.map((one) => ({ ...one, members: one.members.slice(0, members) }));
      return { ...server, traffic: [{ ...kind, conversations: small }] };
    }
  },
};

/** Puts everybody into one group, and gives them devices. */
async function gather(relay, connections) {
  const { ownerUrl, secret, people } = relay;
  const [id] = await seedGroups(ownerUrl, [people]);
  const each = Math.max(0, Math.ceil(connections / people.length) - 1);
  const devices = [...people, ...(await seedDevices(ownerUrl, people, { each, kid: KID, secret }))].slice(
    0,
    Math.max(connections, people.length),
  );
  relay.people = devices;
  relay.traffic = [
    { kind: 'group', share: 1, conversations: [{ id, members: devices.map((_device, index) => index) }] },
  ];
}
