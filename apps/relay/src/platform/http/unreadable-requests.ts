import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { FastifyServerOptions } from 'fastify';
import { problemOf } from '../errors/problem.js';
import type { Log } from '../logging/log.js';
import { isStreaming } from './streamed-body.js';

type ErrorHandler = NonNullable<FastifyServerOptions['clientErrorHandler']>;

/** What Node calls a request that it could not read to the end of its headers; all others are no HTTP. */
const STATUS_OF: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/**
 * Answers what is no request that could be routed, in the form of every refusal, and hangs up. Nobody knows of it where it
 * came from: there are no headers of CORS.
 */
export function refuseUnreadable(headers: Readonly<Record<string, string>>, log: Log): ErrorHandler {
  return (error, socket) => {
    // Node counts the time of a whole request. What is received bit by bit has other bounds: see streamed-body.ts.
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isStreaming(socket)) return;
    if (error.code !== 'ECONNRESET' && socket.writable) {
      const status = STATUS_OF[error.code] ?? 400;
      const requestId = randomUUID();
      log.request({ requestId, route: 'none', status });
      socket.write(answer(status, requestId, headers));
    }
    socket.destroy();
  };
}

/**
 * Answers requests that would like to go on in another protocol as if they had not said so (RFC 9110 §7.8), as those of
 * Java's client, which offers HTTP/2. Because sockets need the event, Node takes every such connection out of HTTP: unless
 * somebody ends it, it stays open without an answer, and without any limit of time.
 */
export function ignoreUpgrades(server: Server, { except }: { readonly except: string }): void {
  const lastAnswers = new WeakMap<Duplex, ServerResponse>();
  server.on('request', ({ socket }, response) => void lastAnswers.set(socket, response));
  server.on('upgrade', (request, socket, head) => {
    if (request.url?.startsWith(except) === true) return;
    // Taken out of HTTP while an answer was on its way, the connection would never see another.
    if (lastAnswers.get(socket)?.closed === false) {
      socket.destroy();
      return;
    }
    socket.unshift(Buffer.concat([withoutUpgrade(request), head]));
    server.emit('connection', socket);
  });
}

function withoutUpgrade({ method, url, httpVersion, rawHeaders }: IncomingMessage): Buffer {
  const lines = [`${method ?? ''} ${url ?? ''} HTTP/${httpVersion}`];
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = '', value = ''] = rawHeaders.slice(index, index + 2);
    if (!/^(upgrade|connection|http2-settings)$/i.test(name)) lines.push(`${name}: ${value}`);
  }
  return Buffer.from([...lines, '', ''].join('\r\n'), 'latin1');
}

/** Node answers by itself what expects anything but `100-continue`, without a body. No expectation changes what we answer. */
export function ignoreExpectations(server: Server): void {
  server.on('checkExpectation', (request, response) => server.emit('request', request, response));
}

function answer(status: number, requestId: string, headers: Readonly<Record<string, string>>): string {
  // The status is HTTP's own, so that proxies understand it; the code is one that clients know.
  const body = JSON.stringify({ ...problemOf('invalid_request'), status, requestId });
  const all = {
    ...headers,
    'x-request-id': requestId,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`;
}
