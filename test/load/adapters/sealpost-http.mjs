/** Sealpost over HTTP: `POST /v1/conversations/:id/messages`, a few keep-alive connections a sender. */
import { Agent } from 'node:http';
import { post } from '../lib/http.mjs';
import { uuid7 } from '../lib/uuid7.mjs';

export const acknowledgesOnly = true;

export function member({ url, people }, index, { onAck, onError }) {
  const { token } = people[index];
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  return ({ id }, number, text) => {
    const body = `{"id":"${uuid7()}","ciphertext":"${text}"}`;
    post(url, { path: `/v1/conversations/${id}/messages`, token, agent, body }).then(
      ({ status }) => (status === 201 ? onAck(number) : onError(number, String(status))),
      (error) => onError(number, error.message),
    );
  };
}
