import type { PageEnd } from './page-end.js';
import { GROUPS, type WorkerSealpost } from './remote.js';

/**
 * What looks like a `Sealpost` and asks the worker. It names no method but those that are answered here, so that whatever is
 * added to `Sealpost` and its parts is there.
 */
export function facadeOf(page: PageEnd<never>, close: () => Promise<void>): WorkerSealpost {
  const here = {
    get self() {
      return page.self;
    },
    listen: page.listen.bind(page),
    events: page.events.bind(page),
    close,
    ...Object.fromEntries(GROUPS.map((group) => [group, asking({}, (name, given) => page.call([group, name], given))])),
  };
  // By whose type it is checked what may be asked.
  return asking(here, (name, given) => page.call([name], given)) as WorkerSealpost;
}

type Ask = (name: string, given: unknown[]) => unknown;

/** An object that has all methods there could be. */
function asking(here: object, ask: Ask): object {
  return new Proxy(here, {
    get(target, name, receiver) {
      // Not a method: a promise that resolves with this would take it for another promise.
      if (name in target || typeof name === 'symbol' || name === 'then')
        return Reflect.get(target, name, receiver) as unknown;
      return (...given: unknown[]) => ask(name, given);
    },
  });
}
