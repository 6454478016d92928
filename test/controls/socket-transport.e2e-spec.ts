import { DURATIONS, LIMITS } from '#protocol';
import { closeAfterEach, TestRelay } from '#testing';
import { WebSocket } from 'ws';
import { Connections } from '../../apps/relay/src/gateway/connections.js';
import { RawSocket } from '../e2e/raw-socket.js';

/** With what a busy machine takes to notice. */
const UNAUTHENTICATED_MS = DURATIONS.handshakeSeconds * 1_000 + 750;

const relay = TestRelay.duringTests();
const closeLater = closeAfterEach();

/** The first that a socket hears; nothing when it is refused, in whatever way. */
async function openingOf(query: string): Promise<string | undefined> {
  const socket = closeLater(new WebSocket(`${relay.url.replace('http', 'ws')}/socket.io/?${query}`));
  return new Promise((resolve) => {
    socket.once('message', (frame: Buffer) => resolve(frame.toString()));
    socket.on('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
  });
}

describe('the transport of sockets (C-40)', () => {
  it('is WebSocket only, by the fourth protocol of Engine.IO only (C-40)', async () => {
    for (const method of ['GET', 'POST'])
      expect((await fetch(`${relay.url}/socket.io/?EIO=4&transport=polling`, { method })).status).toBe(400);
    const [usual, ...others] = await Promise.all(
      ['EIO=4&transport=websocket', 'EIO=3&transport=websocket', 'EIO=4&transport=webtransport'].map(openingOf),
    );
    expect([usual, others.filter((opening) => opening !== undefined)]).toEqual([expect.stringMatching(/^0/), []]);
  });

  it('takes no compression, offers no other transport, and says how large a frame may be (C-40)', async () => {
    const raw = closeLater(await RawSocket.open(relay.url));
    const opening = JSON.parse((await raw.heard('0')).slice(1)) as object;
    // The client offers permessage-deflate.
    expect(raw.extensions).toBe('');
    expect(opening).toMatchObject({ upgrades: [], maxPayload: LIMITS.frameBytes });
  });

  it('serves no script for browsers (C-40)', async () => {
    expect((await fetch(`${relay.url}/socket.io/socket.io.js`)).status).toBeGreaterThanOrEqual(400);
  });

  describe('behind a proxy that ends TLS', () => {
    const secure = TestRelay.duringTests({ environment: { PUBLIC_URL: 'https://chat.example.org' } });
    const open = (protocol: string) => RawSocket.open(secure.url, { 'x-forwarded-proto': protocol });

    it.each(['http', 'ws', 'HTTP', 'https,http', ''])(
      'is refused when it came to the proxy as %j (C-40)',
      async (came) => {
        await expect(open(came)).rejects.toThrow('HTTP 400');
      },
    );

    it.each(['https', 'wss', 'HTTPS'])('is let in when it came as %s (C-40)', async (came) => {
      (await open(came)).end();
    });
  });

  it('may be in clear where people come in clear, as on one’s own machine (C-40)', async () => {
    (await RawSocket.open(relay.url, { 'x-forwarded-proto': 'http' })).end();
  });
});

describe('a socket that nobody has signed in on (C-42)', () => {
  it('is in no room, and closed within five seconds, whatever it says (C-42)', async () => {
    const waitOut = async (frames: readonly string[]): Promise<number> => {
      const openedAt = performance.now();
      const raw = closeLater(await RawSocket.open(relay.url));
      for (const frame of frames) raw.send(frame);
      await raw.closed(2 * UNAUTHENTICATED_MS);
      expect(raw.frames.filter((heard) => !/^(0|44)/.test(heard))).toEqual([]);
      return performance.now() - openedAt;
    };
    const waiting = [[], ['40{"token":"nonsense"}'], ['40/admin,{}'], ['2', '3', '6']].map(waitOut);
    expect([...relay.part(Connections)]).toEqual([]);
    expect(Math.max(...(await Promise.all(waiting)))).toBeLessThanOrEqual(UNAUTHENTICATED_MS);
  });
});
