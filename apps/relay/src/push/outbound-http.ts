import { Agent as HttpAgent, type IncomingMessage, request as requestInClear } from 'node:http';
import { Agent as HttpsAgent, request as requestByTls } from 'node:https';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { isPublicEndpoint, lookUpPublic, NotPublic } from './address-rules.js';

export interface OutboundRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Whether the operator chose the address, and not somebody who has an account. */
  readonly isTrusted: boolean;
}

export interface OutboundAnswer {
  readonly status: number;
  /** What `Retry-After` asks for. */
  readonly retryAfterMs: number | undefined;
  /** The beginning of the body. */
  readonly text: string;
}

const TIMEOUT_MS = 10_000;
const MOST_ANSWER_BYTES = 4_096;
const CONNECTIONS = { keepAlive: true, maxSockets: 8, maxTotalSockets: 64, timeout: 60_000 };

/**
 * Posts to push services. Where somebody with an account said that one is, it may be anywhere: such a URL has to lead to the
 * public internet by https, unless the operator allows its origin. No redirect is followed, of an answer the beginning is
 * read, and all of it takes ten seconds at most.
 */
@Injectable()
export class OutboundHttp implements OnApplicationShutdown {
  private readonly allowedOrigins: ReadonlySet<string>;
  private readonly ending = new AbortController();
  private readonly toTrusted = { 'http:': new HttpAgent(CONNECTIONS), 'https:': new HttpsAgent(CONNECTIONS) };
  private readonly toPublic = new HttpsAgent({ ...CONNECTIONS, lookup: lookUpPublic });

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.allowedOrigins = new Set(config.PUSH_ALLOWED_ORIGINS);
  }

  onApplicationShutdown(): void {
    this.ending.abort();
    for (const agent of [...Object.values(this.toTrusted), this.toPublic]) agent.destroy();
  }

  /** Whether the URL may be the endpoint of a subscription. */
  mayCall(url: URL): boolean {
    return this.allowedOrigins.has(url.origin) || isPublicEndpoint(url);
  }

  /** @throws {NotPublic} @throws {Error} when nobody answers. */
  async post(request: OutboundRequest): Promise<OutboundAnswer> {
    const { url, isTrusted } = request;
    const isAllowed = isTrusted || this.allowedOrigins.has(url.origin);
    // Again, for the operator may have taken an origin from the list since.
    if (!isAllowed && !isPublicEndpoint(url)) throw new NotPublic();
    const isClear = url.protocol === 'http:';
    const agent = isAllowed ? this.toTrusted[isClear ? 'http:' : 'https:'] : this.toPublic;
    return this.answerOf(isClear ? requestInClear : requestByTls, agent, request);
  }

  private async answerOf(
    open: typeof requestByTls,
    agent: HttpAgent,
    { url, headers, body }: OutboundRequest,
  ): Promise<OutboundAnswer> {
    const signal = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), this.ending.signal]);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = open(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': String(body.length) },
        agent,
        signal,
      });
      request.on('response', resolve).on('error', reject).end(body);
    });
    const text = await beginningOf(response);
    const retryAfterMs = waitOf(response.headers['retry-after'], this.clock.millis());
    return { status: response.statusCode ?? 0, retryAfterMs, text };
  }
}

async function beginningOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes >= MOST_ANSWER_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, MOST_ANSWER_BYTES).toString();
}

/** `Retry-After` says a number of seconds, or a date (RFC 9110, 10.2.3). */
export function waitOf(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
