import { ContractDocument, type Exchange, mistakesIn, type Seeded } from '#testing';
import { type HttpInput, httpInput } from './http-inputs.js';
import { HttpWire } from './http-wire.js';
import { formlessIn, rawBytes, statusesIn, utter } from './raw-http.js';
import type { Tally } from './tally.js';
import type { World } from './world.js';

/** Few, since several secrets to be hashed at once wait for each other, and that is no fault. */
const LANES = 4;
/** One in so many inputs is no request at all. */
const RAW_ONE_IN = 12;

/** Sends so many inputs, some at a time. */
export async function fuzzHttp(
  world: World,
  count: number,
  { random, tally }: { random: Seeded; tally: Tally },
): Promise<void> {
  const wire = new HttpWire(world.url, LANES);
  let left = count;
  const lane = async (): Promise<void> => {
    while (left-- > 0) {
      // In the order of the inputs, whichever lane takes them, so that a seed gives the same again.
      const own = random.fork();
      await world.renew();
      if (own.oneIn(RAW_ONE_IN)) await garble(world, own, tally);
      else await ask(wire, world, await httpInput(world, own), tally);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  wire.close();
}

/** A body of this size is with the relay before it can refuse the head. */
const SENT_AT_ONCE_BYTES = 32 * 1024;

async function ask(wire: HttpWire, world: World, input: HttpInput, tally: Tally): Promise<void> {
  const startedAt = performance.now();
  try {
    const exchange = await wire.ask(input);
    const isAccepted = exchange.status < 300;
    tally.answered(input.operationId, isAccepted, performance.now() - startedAt);
    const mistakes = mistakesIn(ContractDocument.committed(), exchange);
    if (exchange.status >= 500) mistakes.push('is a failure');
    if (mistakes.length > 0)
      tally.faults.push(
        `${told(input)}\n  ${mistakes.join('; ')}\n  ${exchange.status} ${exchange.text.slice(0, 300)}`,
      );
    else if (isAccepted && isJson(exchange))
      world.learn(input.operationId, input.by, input.asked, JSON.parse(exchange.text));
  } catch (error) {
    // Refused while its body was still coming: the end of the connection may overtake the answer.
    if ((input.body?.length ?? 0) > SENT_AT_ONCE_BYTES) tally.unanswered++;
    else tally.faults.push(`${told(input)}\n  ${String(error)}`);
  }
}

async function garble({ url }: World, random: Seeded, tally: Tally): Promise<void> {
  const bytes = rawBytes(random);
  const heard = await utter(url, bytes);
  const statuses = statusesIn(heard);
  if (statuses.length === 0) tally.unanswered++;
  else tally.answered('(raw)', statuses.includes(200));
  if (statuses.some((status) => status >= 500) || formlessIn(heard, bytes))
    tally.faults.push(`${JSON.stringify(bytes.toString('latin1').slice(0, 500))}\n  ${heard.slice(0, 300)}`);
}

function told({ intent, method, target, headers, body }: HttpInput): string {
  const { authorization: _token, ...rest } = headers;
  return `${intent}: ${method} ${target.slice(0, 300)} ${JSON.stringify(rest).slice(0, 300)} ${JSON.stringify(body?.toString('latin1').slice(0, 500) ?? '')}`;
}

/** Something to learn from: no bytes of a file, and no export of lines. */
function isJson({ headers, text }: Pick<Exchange, 'headers' | 'text'>): boolean {
  return text !== '' && (headers.get('content-type') ?? '').startsWith('application/json');
}
