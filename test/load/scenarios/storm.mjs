/** `devices` reconnect at once, and each catches up on `missed` messages of its conversation. */
import { CHARS } from '../lib/lab.mjs';
import { fillLogs, positionsBehind } from '../lib/logs.mjs';
import { PAIRS } from '../lib/traffic.mjs';
import { withClient } from '../lib/with-client.mjs';

/** What devices had read before. */
const READ = 20;

export const storm = {
  defaults: { devices: 2_000, missed: 100 },
  unmatched: () => 'the reference has no sync',

  async run(lab) {
    const { devices, missed } = lab.flags;
    const relays = await lab.startRelays({ people: Math.max(devices, 2 * PAIRS) });
    for (const { ownerUrl, people } of relays)
      await withClient(ownerUrl, (client) => fillLogs(client, { people, each: READ + missed, chars: CHARS }));
    lab.pin();
    for (const relay of relays)
      if (lab.flags.warmUp > 0) await stormOn(lab, relay, { devices: Math.ceil(devices / 10), missed });
    await lab.rounds(async () => {
      for (const relay of relays) lab.record(relay.name, 'storm', await stormOn(lab, relay, { devices, missed }));
    });
  },
};

/** @returns the figures. */
export async function stormOn(lab, relay, { devices, missed }) {
  const positions = await withClient(relay.ownerUrl, (client) =>
    positionsBehind(client, { people: relay.people, missed }),
  );
  return lab.generate(relay, { load: 'storm', devices, missed, ...positions });
}
