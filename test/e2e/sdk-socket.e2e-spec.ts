import './cheap-argon2.js';
import { Backoff, RelaySocket, type SocketListener } from '#sdk';
import { TestRelay, until } from '#testing';
import { registered } from './sdk-devices.js';

const relay = TestRelay.duringTests();
const open: RelaySocket[] = [];

afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

/** A socket that is to be open, and what it has heard. */
function opened(options: Omit<ConstructorParameters<typeof RelaySocket>[0], 'listener'>) {
  const heard: string[] = [];
  const note = (what: string) => () => void heard.push(what);
  const listener: SocketListener = {
    onReady: note('ready'),
    onAccountChanged: ({ what }) => void heard.push(what),
    onDisconnected: note('disconnected'),
    onSessionRevoked: ({ reason }) => void heard.push(reason),
    onError: (error) => void heard.push(String(error)),
  };
  const socket = new RelaySocket({ ...options, listener });
  open.push(socket);
  socket.open();
  return { socket, heard };
}

describe('the socket of a device', () => {
  it('hears, asks, and comes back after the relay was away', async () => {
    const { account } = await registered(relay);
    const { socket, heard } = opened({ relay: account.relay });
    await until(() => heard.includes('ready'), 'it is ready');
    await account.vault.put('notes', new Uint8Array([1]), 0);
    await until(() => heard.includes('vault'), 'the change is heard');
    expect(await socket.sync({ revision: 0, cursors: {} })).toMatchObject({ more: false });
    await expect(
      socket.typing({ conversationId: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', active: true }),
    ).rejects.toMatchObject({ code: 'not_found' });
    await relay.restart();
    await until(() => heard.filter((what) => what === 'ready').length === 2, 'it is ready again', 20_000);
  });

  it('does not wait any longer when it is told that there may be a network again', async () => {
    const { account } = await registered(relay);
    const forever = (_ms: number, signal?: AbortSignal): Promise<void> =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('it was woken')));
      });
    const { socket, heard } = opened({ relay: account.relay, backoff: new Backoff({ wait: forever }) });
    await until(() => heard.includes('ready'), 'it is ready');
    await relay.restart();
    await until(() => heard.includes('disconnected'), 'it is disconnected');
    socket.retryNow();
    await until(() => heard.filter((what) => what === 'ready').length === 2, 'it is ready again', 20_000);
    expect(heard).toEqual(['ready', 'disconnected', 'ready']);
  });

  it('renews a token that is not good any more, and does not come back once the session has ended', async () => {
    const { device, account } = await registered(relay);
    relay.clock.advance(600_000);
    const { heard, socket } = opened({ relay: account.relay });
    await until(() => heard.includes('ready'), 'it is ready');
    expect(device.wire.sent.filter((sent) => sent.includes('/auth/refresh'))).toHaveLength(1);
    await account.relay.call((api) => api.POST('/v1/auth/logout'));
    await until(() => heard.includes('disconnected'), 'it is disconnected');
    expect(heard).toContain('signed_out');
    expect(socket.isConnected).toBe(false);
    await expect(socket.sync({ revision: 0, cursors: {} })).rejects.toMatchObject({ code: 'relay_unreachable' });
  });

  it('does not stay when the session has ended before it opens', async () => {
    const { account } = await registered(relay);
    await account.relay.call((api) => api.POST('/v1/auth/logout'));
    const { heard } = opened({ relay: account.relay });
    await until(() => heard.some((what) => what.startsWith('RelayRefusal')), 'it is refused');
  });
});
