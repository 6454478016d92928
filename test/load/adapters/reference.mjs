/** The reference server over Socket.IO: `message` with `{to, ciphertext}` in and out. */
import { createHmac } from 'node:crypto';
import { numberIn } from '../lib/payload.mjs';
import { ackNumber, connect } from '../lib/socket-io.mjs';

// The reference has this secret built in.
const SECRET = 'bench-secret-bench-secret-bench-secret';
const ACCOUNTS = 20_000;

function token(account) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: account, exp: Math.floor(Date.now() / 1000) + 86_400 })}`;
  return `${head}.${createHmac('sha256', SECRET).update(head).digest('base64url')}`;
}

export function receiver({ url }, pair, onMessage) {
  return connect(url, { token: token(2 * pair + 2), onEvent: (frame) => onMessage(numberIn(frame)) });
}

export async function sender({ url }, pair, { onAck, onError }) {
  const socket = await connect(url, {
    token: token(2 * pair + 1),
    onAck: (frame) => (frame.includes('"e":') ? onError(ackNumber(frame), frame.toString()) : onAck(ackNumber(frame))),
  });
  return (number, text) => socket.send(`42${number}["message",{"to":${2 * pair + 2},"ciphertext":"${text}"}]`);
}

export function idle({ url }, index) {
  return connect(url, { token: token(1 + (index % ACCOUNTS)) });
}
