/** The reference server over Socket.IO: `message` with `{to, ciphertext}` in and out. It knows direct messages alone. */
import { createHmac } from 'node:crypto';
import { numberIn } from '../lib/payload.mjs';
import { ackNumber, connect } from '../lib/socket-io.mjs';

// The reference has this secret built in.
const SECRET = 'bench-secret-bench-secret-bench-secret';
const ACCOUNTS = 20_000;

const accountOf = (index) => 1 + (index % ACCOUNTS);

function token(account) {
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ sub: account, exp: Math.floor(Date.now() / 1000) + 86_400 })}`;
  return `${head}.${createHmac('sha256', SECRET).update(head).digest('base64url')}`;
}

export async function member({ url }, index, { onMessage, onAck, onError } = {}) {
  const socket = await connect(url, {
    token: token(accountOf(index)),
    onEvent: (frame) => onMessage?.(numberIn(frame)),
    onAck: (frame) => (frame.includes('"e":') ? onError(ackNumber(frame), frame.toString()) : onAck(ackNumber(frame))),
  });
  return ({ members: [, recipient] }, number, text) =>
    socket.send(`42${number}["message",{"to":${accountOf(recipient)},"ciphertext":"${text}"}]`);
}
