import type { WebSocket } from 'ws';

export interface BareClient {
  readonly token: string;
  readonly onEvent?: (frame: Buffer) => void;
  readonly onAck?: (frame: Buffer) => void;
  /** In milliseconds; without one it waits for as long as the system does. */
  readonly handshakeTimeout?: number;
}

/** Resolves once the relay has let it in. */
export function connect(url: string, client: BareClient): Promise<WebSocket>;

export function ackNumber(frame: Buffer): number;
