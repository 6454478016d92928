/** Messages by `POST`, with 128 on their way. */
import { CHARS } from '../lib/lab.mjs';
import { PAIRS } from '../lib/traffic.mjs';

const MESSAGES = { load: 'messages', chars: CHARS, inflight: 128 };

export const http = {
  defaults: {},
  unmatched: () => 'the reference takes no HTTP',

  async run(lab) {
    const relays = await lab.startRelays({ people: 2 * PAIRS });
    const overHttp = relays.map((relay) => ({ ...relay, adapter: 'sealpost-http' }));
    await lab.warmUp(overHttp, { ...MESSAGES, warmSeconds: 0 });
    await lab.rounds(async () => {
      for (const relay of relays) await measureHttp(lab, relay);
    });
  },
};

export function measureHttp(lab, relay) {
  return lab.measure({ ...relay, adapter: 'sealpost-http' }, 'http', MESSAGES);
}
