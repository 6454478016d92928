import { once } from 'node:events';
import { createServer } from 'node:net';
import { hasErrorCode } from './error-code.js';

export const LOOPBACK = '127.0.0.1';

/** A loopback port that nobody listens on at this moment. Somebody else may take it a moment later. */
export function findFreePort(): Promise<number> {
  return tryToListen(0);
}

/** @throws Error when something listens on `port` already, or we may not. */
export async function requireFreePort(port: number): Promise<void> {
  try {
    await tryToListen(port);
  } catch (error) {
    const reason = hasErrorCode(error, 'EADDRINUSE') ? 'already in use' : 'not available';
    throw new Error(`Port ${port} on ${LOOPBACK} is ${reason}: choose another for the database.`, {
      cause: error,
    });
  }
}

async function tryToListen(port: number): Promise<number> {
  const server = createServer();
  server.listen({ host: LOOPBACK, port, exclusive: true });
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The loopback socket has no port.');
  return address.port;
}
