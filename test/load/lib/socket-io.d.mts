import type { WebSocket } from 'ws';

export interface BareClient {
  readonly token: string;
  readonly onEvent?: (frame: Buffer) => void;
  readonly onAck?: (frame: Buffer) => void;
}

/** Resolves once the relay has let it in. */
export function connect(url: string, client: BareClient): Promise<WebSocket>;

export function ackNumber(frame: Buffer): number;
