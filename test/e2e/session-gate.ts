import type { TestRelay } from '#testing';
import { SessionsStore } from '../../apps/relay/src/sessions/sessions.store.js';

/** Holds the relay's look-ups of a session back until it is opened. `jest.restoreAllMocks` takes it away again. */
export class SessionGate {
  readonly opened: Promise<void>;
  open: () => void = () => undefined;
  private readonly looked: jest.SpiedFunction<SessionsStore['caller']>;

  constructor(relay: TestRelay) {
    this.opened = new Promise((resolve) => (this.open = resolve));
    const store = relay.part(SessionsStore);
    const lookUp = store.caller.bind(store);
    this.looked = jest.spyOn(store, 'caller').mockImplementation(async (...args) => {
      const caller = await lookUp(...args);
      await this.opened;
      return caller;
    });
  }

  get lookedUp(): boolean {
    return this.looked.mock.calls.length > 0;
  }
}
