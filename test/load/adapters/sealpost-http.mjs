/** Sealpost over HTTP: `POST /v1/conversations/:id/messages`, a few keep-alive connections a sender. */
import { Agent, request } from 'node:http';
import { uuid7 } from '../lib/uuid7.mjs';

export const acknowledgesOnly = true;

export async function sender({ url, people }, pair, { onAck, onError }) {
  const { token, conversationId } = people[2 * pair];
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const { hostname, port } = new URL(url);
  const path = `/v1/conversations/${conversationId}/messages`;
  return (number, text) => {
    const body = `{"id":"${uuid7()}","ciphertext":"${text}"}`;
    const headers = {
      'content-type': 'application/json',
      'content-length': body.length,
      authorization: `Bearer ${token}`,
    };
    const sent = request({ hostname, port, path, method: 'POST', agent, headers }, (reply) => {
      reply.resume();
      reply.on('end', () => (reply.statusCode === 201 ? onAck(number) : onError(number, String(reply.statusCode))));
    });
    sent.on('error', (error) => onError(number, error.message));
    sent.end(body);
  };
}
