import { Agent, type IncomingMessage, request } from 'node:http';
import type { Exchange } from '#testing';
import type { HttpInput } from './http-inputs.js';

/** Longer than any answer may take. */
const PATIENCE_MS = 20_000;

/** Connections to one relay, and what came back over them. */
export class HttpWire {
  private readonly agent: Agent;

  constructor(
    private readonly url: string,
    lanes: number,
  ) {
    this.agent = new Agent({ keepAlive: true, maxSockets: lanes });
  }

  /** Sends a request as it is. @throws when no whole answer comes. */
  async ask({
    method,
    target,
    headers,
    body,
  }: Pick<HttpInput, 'method' | 'target' | 'headers' | 'body'>): Promise<Exchange> {
    const length = body === undefined ? {} : { 'content-length': String(body.length) };
    const { hostname, port } = new URL(this.url);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const outgoing = request(
        {
          hostname,
          port,
          method,
          path: target,
          headers: { ...headers, ...length },
          agent: this.agent,
          timeout: PATIENCE_MS,
        },
        resolve,
      );
      outgoing.on('error', reject).on('timeout', () => outgoing.destroy(new Error('no answer came')));
      outgoing.on('upgrade', (upgraded, socket) => {
        socket.destroy();
        resolve(upgraded);
      });
      outgoing.end(body);
    });
    return {
      method,
      path: pathOf(target),
      status: response.statusCode ?? 0,
      headers: headersOf(response),
      text: await textOf(response),
    };
  }

  close(): void {
    this.agent.destroy();
  }
}

/** As the router sees it: without the query, and with what was needlessly encoded decoded. */
function pathOf(target: string): string {
  const path = target.replace(/[?#].*$/s, '');
  return path.replaceAll(/%[0-7][0-9a-f]/gi, (encoded) => {
    const letter = decodeURIComponent(encoded);
    return /[\w.~-]/.test(letter) ? letter : encoded;
  });
}

function headersOf({ headersDistinct }: IncomingMessage): Headers {
  const entries = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  return new Headers(entries);
}

async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
