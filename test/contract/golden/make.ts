import { encodings } from './encodings.js';
import { secrets } from './secrets.js';

/** What all clients must agree on, as docs/protocol.md describes it: the content of libs/protocol/golden.json. */
export async function makeGolden() {
  return { about: 'docs/protocol.md#golden-encodings', ...encodings(), ...(await secrets()) };
}

export type Golden = Awaited<ReturnType<typeof makeGolden>>;
