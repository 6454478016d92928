import { type ClientHttp2Session, type ClientHttp2Stream, connect } from 'node:http2';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { type OutboundAnswer, waitOf } from './outbound-http.js';

const TIMEOUT_MS = 10_000;
const IDLE_MS = 10 * 60_000;
const MOST_ANSWER_CHARS = 4_096;

/** One connection to Apple's push service, made when it is needed and kept: Apple takes a connection for each wake-up for an attack. */
@Injectable()
export class ApnsConnection implements OnApplicationShutdown {
  private session: ClientHttp2Session | undefined;

  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationShutdown(): void {
    this.session?.destroy();
  }

  /** @throws {Error} when nobody answers. */
  async post(path: string, headers: Readonly<Record<string, string>>, body: Buffer): Promise<OutboundAnswer> {
    const stream = this.connected().request({ ':method': 'POST', ':path': path, ...headers });
    stream.setTimeout(TIMEOUT_MS, () => stream.destroy(new Error('no answer in time')));
    stream.end(body);
    const [response, text] = await Promise.all([headersOf(stream), bodyOf(stream)]);
    const retryAfterMs = waitOf(response['retry-after'], this.clock.millis());
    return { status: Number(response[':status']), retryAfterMs, text };
  }

  private connected(): ClientHttp2Session {
    const known = this.session;
    if (known !== undefined && !known.closed && !known.destroyed) return known;
    const session = connect(this.config.APNS_URL);
    // Whoever waits for a stream of it hears of the error there.
    session.on('error', () => undefined);
    // Whatever is under way ends, and the next wake-up connects anew.
    session.on('goaway', () => session.close());
    session.setTimeout(IDLE_MS, () => session.close());
    session.unref();
    this.session = session;
    return session;
  }
}

type ResponseHeaders = Readonly<Record<string, string | undefined>>;

async function headersOf(stream: ClientHttp2Stream): Promise<ResponseHeaders> {
  return new Promise((resolve, reject) => {
    stream.once('response', (headers) => resolve(headers as ResponseHeaders));
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('the connection ended')));
  });
}

async function bodyOf(stream: ClientHttp2Stream): Promise<string> {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8') as AsyncIterable<string>)
    if (text.length < MOST_ANSWER_CHARS) text += chunk;
  return text;
}
