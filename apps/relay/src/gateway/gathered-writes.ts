import type { Socket } from 'socket.io';

/**
 * Writes what one turn of the event loop sends to a socket with one system call instead of one for each frame: a batch of
 * the log acknowledges and pushes several messages of a conversation at once, and those calls were a third of a message's CPU.
 *
 * Engine.IO would hold back the second frame until the first has left, so its transport is told that it may write again at
 * once. What a slow reader leaves unread is therefore in the buffer of the TCP socket, where `backlogBytes` counts it.
 *
 * @param beforeWrite is called before anything is added to what waits there from earlier turns
 */
export function gatherWrites({ conn, request }: Socket, beforeWrite: () => void): void {
  const { socket } = request;
  let isGathering = false;
  const write = (): void => {
    isGathering = false;
    socket.uncork();
  };
  conn.on('flush', () => {
    if (isGathering) return;
    isGathering = true;
    beforeWrite();
    socket.cork();
    setImmediate(write);
  });
  conn.on('drain', () => {
    conn.transport.writable = true;
  });
}
