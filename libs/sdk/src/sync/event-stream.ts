import type { EventHub, SdkEvent } from './events.js';

/** Events that nobody has taken yet are kept for a reader up to here; whoever is so far behind reads the store instead. */
const MOST_WAITING = 10_000;

/**
 * Events from now on, one after the other, until the signal ends it.
 *
 * @throws {Error} when its reader is ten thousand events behind.
 *
 * @example
 * for await (const event of sealpost.events(AbortSignal.timeout(60_000)))
 *   if (event.kind === 'message') console.log(event.message.content);
 */
export async function* eventsOf(hub: EventHub, signal?: AbortSignal): AsyncGenerator<SdkEvent> {
  const waiting: SdkEvent[] = [];
  let wake = (): void => undefined;
  const stop = hub.listen((event) => {
    waiting.push(event);
    wake();
  });
  const aborted = (): void => wake();
  signal?.addEventListener('abort', aborted);
  try {
    while (signal?.aborted !== true) {
      if (waiting.length > MOST_WAITING) throw new Error('The reader of these events is too far behind.');
      const event = waiting.shift();
      if (event !== undefined) yield event;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal?.removeEventListener('abort', aborted);
    stop();
  }
}
