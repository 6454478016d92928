/** The bare broadcast (broadcast.fixture.mjs): a room for each conversation. */
import { numberIn } from '../lib/payload.mjs';
import { ackNumber, connect } from '../lib/socket-io.mjs';

let known;

export async function member({ url, traffic }, index, { onMessage, onAck }) {
  known ??= roomsOf(traffic);
  const socket = await connect(url, {
    token: known.get(index).join(','),
    onEvent: (frame) => onMessage(numberIn(frame)),
    onAck: (frame) => onAck(ackNumber(frame)),
  });
  return ({ id }, number, text) => socket.send(`42${number}["send",{"room":"${id}","ciphertext":"${text}"}]`);
}

/** The rooms of each member. */
function roomsOf(traffic) {
  const rooms = new Map();
  for (const { conversations } of traffic)
    for (const { id, members } of conversations)
      for (const index of members) rooms.set(index, [...(rooms.get(index) ?? []), id]);
  return rooms;
}
