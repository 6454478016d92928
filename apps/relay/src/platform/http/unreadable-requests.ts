import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { FastifyServerOptions } from 'fastify';
import { problemOf } from '../errors/problem.js';
import type { Log } from '../logging/log.js';

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
    if (error.code !== 'ECONNRESET' && socket.writable) {
      const status = STATUS_OF[error.code] ?? 400;
      const requestId = randomUUID();
      log.request({ requestId, route: 'none', status });
      socket.write(answer(status, requestId, headers));
    }
    socket.destroy();
  };
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
