/** Sealpost over its gateway: `message:send` in, `entry` out. */
import { ackNumber, connect } from '../lib/socket-io.mjs';
import { numberIn } from '../lib/payload.mjs';
import { uuid7 } from '../lib/uuid7.mjs';

export function receiver({ url, people }, pair, onMessage) {
  return connect(url, {
    token: people[2 * pair + 1].token,
    onEvent: (frame) => {
      // Only entries; the greeting of the socket is an event too.
      if (frame.latin1Slice(2, 10) === '["entry"') onMessage(numberIn(frame));
    },
  });
}

export async function sender({ url, people }, pair, { onAck, onError }) {
  const { token, conversationId } = people[2 * pair];
  const socket = await connect(url, {
    token,
    onAck: (frame) =>
      frame.includes('"ok":true') ? onAck(ackNumber(frame)) : onError(ackNumber(frame), frame.toString()),
  });
  const head = `["message:send",{"conversationId":"${conversationId}","id":"`;
  return (number, text) => socket.send(`42${number}${head}${uuid7()}","ciphertext":"${text}"}]`);
}

export function idle({ url, people }, index) {
  return connect(url, { token: people[index % people.length].token });
}
