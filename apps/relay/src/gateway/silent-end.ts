import type { RelaySocket } from './relay-socket.js';

/** What WebSocket says of a connection that ended without a goodbye of the other side (RFC 6455, 7.1.5). */
const NO_GOODBYE = 1006;

/** Of the transport of Engine.IO; its types leave the WebSocket out. */
interface WebSocketTransport {
  readonly socket: { once(event: 'close', listener: (code: number) => void): unknown };
}

/**
 * Calls back if a socket ends with no word from the other side: its network went away, or its system put it to sleep or to
 * an end. What went out to it last may never have come.
 */
export function whenFallenSilent({ conn }: RelaySocket, tell: () => void): void {
  const { socket } = conn.transport as unknown as WebSocketTransport;
  socket.once('close', (code) => {
    if (code === NO_GOODBYE) tell();
  });
}
