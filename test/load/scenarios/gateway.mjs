/** One message to one recipient, beside the reference: at fixed rates and at saturation; over HTTP; idle sockets; connecting. */
import { CHARS } from '../lib/lab.mjs';
import { measureIdle } from './idle.mjs';
import { measureHttp } from './http.mjs';

const WARM = { inflight: 256, warmSeconds: 0 };

export const gateway = {
  defaults: { connections: 5_000, only: ['rates', 'max', 'http', 'idle', 'connects'] },
  unmatched: (load) => (load === 'http' ? 'the reference takes no HTTP' : undefined),

  async run(lab) {
    const { only, connections } = lab.flags;
    lab.flags.givesMemoryBack = only.includes('idle');
    const relays = await lab.startRelays({ people: connections });
    const servers = await lab.beside(relays, () => lab.startReference());
    await lab.warmUp(servers, WARM);
    await lab.rounds(async () => {
      // The rates before the saturation, which leaves much to clean up.
      for (const server of servers) await measureMessages(lab, server);
      if (only.includes('http')) for (const relay of relays) await measureHttp(lab, relay);
    });
    if (only.includes('idle')) for (const server of servers) await measureIdle(lab, server);
    if (only.includes('connects'))
      await lab.rounds(async () => {
        for (const server of servers) await lab.measure(server, 'connects', { load: 'connects', connections });
      });
  },
};

async function measureMessages(lab, server) {
  const messages = { load: 'messages', chars: CHARS };
  const { only } = lab.flags;
  if (only.includes('rates'))
    for (const rate of [200, 1000]) await lab.measure(server, `${rate}/s`, { ...messages, rate });
  if (only.includes('max')) await lab.measure(server, 'saturation', { ...messages, inflight: 256 });
}
