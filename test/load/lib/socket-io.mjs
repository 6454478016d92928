/** A bare Engine.IO 4 / Socket.IO 5 client over one WebSocket: the generator must cost less than what it measures. */
import WebSocket from 'ws';

const CODE = { open: 48, ping: 50, message: 52 };
const KIND = { connect: 48, event: 50, ack: 51, error: 52 };

export function connect(url, { token, onEvent, onAck, handshakeTimeout }) {
  return new Promise((resolve, reject) => {
    const address = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address, { perMessageDeflate: false, skipUTF8Validation: true, handshakeTimeout });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the socket was closed')));
    socket.on('message', (frame) => {
      if (frame[0] === CODE.open) return socket.send(`40${JSON.stringify({ token })}`);
      if (frame[0] === CODE.ping) return socket.send('3');
      if (frame[0] !== CODE.message) return;
      if (frame[1] === KIND.connect) resolve(socket);
      else if (frame[1] === KIND.error) reject(new Error(frame.toString()));
      else if (frame[1] === KIND.event) onEvent?.(frame);
      else if (frame[1] === KIND.ack) onAck?.(frame);
    });
  });
}

/** Number of the acknowledgement in a frame. */
export function ackNumber(frame) {
  return parseInt(frame.latin1Slice(2, Math.min(14, frame.length)), 10);
}
