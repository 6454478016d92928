import type { AccountId } from '#protocol';
import { Delivery, type Transport } from '../delivery/index.js';
import type { Bus } from '../platform/bus/bus.js';
import type { NodeBus } from '../platform/bus/node-bus.js';
import { Clock } from '../platform/clock/clock.js';
import { Log } from '../platform/logging/log.js';
import { CatchUpService } from './catch-up.service.js';
import type { HeardService } from './heard.service.js';
import { KnownNodes } from './known-nodes.js';
import type { MovesStore } from './moves.store.js';

const ADA = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' as AccountId;

class HandedRounds extends CatchUpService {
  override round(): Promise<void> {
    return super.round();
  }
}

function build(DATABASE_SHARDS: 'off' | 'conversation' = 'off') {
  const state = { isUp: true, losses: 0, horizon: 100, isSomebodyUnheard: false, isAway: false, nowMs: 0, mark: '1' };
  const asked: string[] = [];
  let unheard = 0;
  const bus = { ...({} as Bus), publish: () => undefined, get isUp() { return state.isUp; }, get losses() { return state.losses; } }; // prettier-ignore
  const moves = {
    sayUnheard: () => {
      unheard++;
      return Promise.resolve();
    },
    moment: () => {
      if (state.isAway) return Promise.reject(new Error('away'));
      return Promise.resolve({ horizon: String(state.horizon++), isSomebodyUnheard: state.isSomebodyUnheard });
    },
    moved: (_accounts: readonly AccountId[], since: string) => {
      asked.push(since);
      return Promise.resolve([ADA]);
    },
    marks: () => Promise.resolve(new Map([[ADA, state.mark]])),
  };
  const push = jest.fn<undefined, Parameters<Transport['push']>>();
  const delivery = new Delivery();
  delivery.attach({ push, connectedAccounts: () => [ADA] } as unknown as Transport);
  const heard = { nodes: new KnownNodes(), losses: 0 };
  const clock = Object.assign(new Clock(), { monotonicMillis: () => state.nowMs });
  const catchUp = new HandedRounds(
    { bus } as unknown as NodeBus,
    heard as HeardService,
    moves as unknown as MovesStore,
    delivery,
    clock,
    new Log({ LOG_LEVEL: 'silent' }),
    { DATABASE_SHARDS },
  );
  const rounds = async (count: number): Promise<void> => {
    for (let round = 0; round < count; round++) await catchUp.round();
  };
  return { state, asked, push, heard, rounds, unheard: () => unheard };
}

describe('catching up', () => {
  it('is nothing to do while the bus is up', async () => {
    const { asked, rounds, unheard } = build();
    await rounds(20);
    expect([asked, unheard()]).toEqual([[], 0]);
  });

  it('goes back to well before an outage, then from one look to the next, and once more after it', async () => {
    const { state, asked, push, rounds, unheard } = build();
    await rounds(20);
    state.isUp = false;
    await rounds(3);
    state.isUp = true;
    await rounds(5);
    // Ten rounds before the first in which it was down; the last look is after its end.
    expect(asked).toEqual(['110', '120', '121', '122']);
    expect(unheard()).toBe(3);
    expect(push).toHaveBeenCalledWith('resync', {}, { accounts: [ADA] });
  });

  it('looks though the bus is up again already, when it has lost something since the last round', async () => {
    const { state, asked, rounds, unheard } = build();
    await rounds(12);
    state.losses++;
    await rounds(5);
    expect([asked, unheard()]).toEqual([['102', '112'], 1]);
  });

  it('looks for as long as another relay says that it is not heard, and when one falls silent', async () => {
    const { state, asked, heard, rounds } = build();
    heard.nodes.heard('other', 0);
    await rounds(1);
    state.isSomebodyUnheard = true;
    await rounds(2);
    state.isSomebodyUnheard = false;
    await rounds(2);
    expect(asked).toEqual(['100', '101', '102']);
    state.nowMs = 1_001;
    await rounds(5);
    expect(asked).toHaveLength(5);
  });

  it('goes by marks where ids of transactions say nothing: all at first, then who has another one, and all anew the next time', async () => {
    const { state, asked, push, rounds } = build('conversation');
    await rounds(20);
    state.isUp = false;
    await rounds(3);
    expect(push).toHaveBeenCalledTimes(1);
    state.mark = '2';
    await rounds(3);
    expect(push).toHaveBeenCalledTimes(2);
    state.mark = '3';
    state.isUp = true;
    await rounds(5);
    expect(push).toHaveBeenCalledTimes(3);
    state.losses++;
    await rounds(5);
    expect([asked, push.mock.calls.length]).toEqual([[], 4]);
  });

  it('forgets nothing that it could not ask for, since the database was away', async () => {
    const { state, asked, rounds } = build();
    await rounds(12);
    [state.losses, state.isAway] = [1, true];
    await expect(rounds(1)).rejects.toThrow('away');
    state.isAway = false;
    await rounds(1);
    expect(asked).toEqual(['102']);
  });
});
