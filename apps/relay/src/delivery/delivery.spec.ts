import type { AccountId, DeviceId } from '#protocol';
import { Delivery, type Transport } from './delivery.js';

describe('a push', () => {
  const push = jest.fn<undefined, Parameters<Transport['push']>>();
  const delivery = new Delivery();
  const rest = { reaches: jest.fn(), isConnected: jest.fn(), endSessions: jest.fn(), broadcast: jest.fn() };
  delivery.attach({ push, ...rest, connectedAccounts: () => [] });
  beforeEach(() => push.mockClear());
  const to = { accounts: ['0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11' as AccountId] };
  const typing = { conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d12', accountId: to.accounts[0]!, active: true };

  it('goes out as it is', () => {
    delivery.push('typing', typing, to);
    expect(push.mock.calls).toEqual([['typing', typing, to]]);
  });

  it('may be for one device', () => {
    const device = { devices: ['0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d21' as DeviceId] };
    delivery.push('keyPackages:low', { suite: 1, available: 0 }, device);
    expect(push.mock.calls).toEqual([['keyPackages:low', { suite: 1, available: 0 }, device]]);
  });

  it('to nobody goes nowhere', () => {
    delivery.push('typing', typing, { accounts: [] });
    delivery.push('keyPackages:low', { suite: 1, available: 0 }, { devices: [] });
    expect(push).not.toHaveBeenCalled();
  });

  it('that the table of pushes does not have is refused by the compiler', () => {
    // @ts-expect-error -- there is no such event
    delivery.push('gossip', typing, to);
    // @ts-expect-error -- the payload is that of another event
    delivery.push('entry', typing, to);
    // @ts-expect-error -- a field is missing
    delivery.push('typing', { conversationId: typing.conversationId, active: true }, to);
    // @ts-expect-error -- a field is too many
    delivery.push('typing', { ...typing, displayName: 'Ada' }, to);
    expect(push).toHaveBeenCalledTimes(4);
  });
});
