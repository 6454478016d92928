/** JSON over HTTP with as little as the generator needs. */
import { request } from 'node:http';

/** @param body as text. @returns the status and the text of the answer. */
export function post(url, { path, token, agent, body }) {
  const { hostname, port } = new URL(url);
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  return new Promise((done, fail) => {
    const sent = request({ hostname, port, path, method: 'POST', agent, headers }, (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (chunk) => (text += chunk));
      reply.on('end', () => done({ status: reply.statusCode, text }));
      reply.on('error', fail);
    });
    sent.on('error', fail);
    sent.end(body);
  });
}

/** @throws {Error} when it is not answered with `expected`. */
export async function postJson(url, { body, expected = 200, ...how }) {
  const { status, text } = await post(url, { ...how, body: JSON.stringify(body) });
  if (status !== expected) throw new Error(`${how.path} answered ${status}: ${text.slice(0, 200)}`);
  return JSON.parse(text);
}
