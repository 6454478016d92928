/** Sealpost over its gateway: `message:send` in, `entry` out. */
import { ackNumber, connect } from '../lib/socket-io.mjs';
import { numberIn } from '../lib/payload.mjs';
import { uuid7 } from '../lib/uuid7.mjs';

export async function member({ url, people }, index, { onMessage, onAck, onError } = {}) {
  const socket = await connect(url, {
    token: people[index % people.length].token,
    onEvent: (frame) => {
      // Only entries; the greeting of the socket is an event too.
      if (frame.latin1Slice(2, 10) === '["entry"') onMessage?.(numberIn(frame));
    },
    onAck: (frame) =>
      frame.includes('"ok":true') ? onAck(ackNumber(frame)) : onError(ackNumber(frame), frame.toString()),
  });
  return ({ id }, number, text) =>
    socket.send(`42${number}["message:send",{"conversationId":"${id}","id":"${uuid7()}","ciphertext":"${text}"}]`);
}
