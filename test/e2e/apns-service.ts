import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { createServer, type Http2Server, type Http2Session, type IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Answer {
  readonly status: number;
  readonly reason?: string;
}

interface TakenPush {
  readonly token: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const KEY_ID = 'ABCDE12345';
const TEAM_ID = 'TEAM123456';
export const APNS_TOPICS = ['org.example.chat', 'org.example.chat.beta'];

/** As much of Apple's push service as the relay asks for, over HTTP/2, and as strict. */
export class ApnsService {
  readonly taken: TakenPush[] = [];
  readonly faults: string[] = [];
  /** What is answered next instead of taking a push. */
  readonly refusals: Answer[] = [];
  /** The provider tokens seen, each once. */
  readonly providerTokens = new Set<string>();
  readonly sessions = new Set<Http2Session>();
  connections = 0;
  private readonly keys: { privateKey: KeyObject; publicKey: KeyObject };
  private readonly server: Http2Server;

  private constructor() {
    this.keys = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    this.server = createServer();
    this.server.on('session', (session) => {
      this.connections++;
      this.sessions.add(session);
      session.on('close', () => this.sessions.delete(session));
    });
    this.server.on('stream', (stream, headers) => {
      void text(stream).then((body) => {
        const { status, reason } = this.answer(headers, body);
        stream.respond({ ':status': status, 'apns-id': '0198C5A0-3F4E-7D3A-8B58-1F7F2A6C0D11' });
        stream.end(reason === undefined ? '' : JSON.stringify({ reason }));
      });
    });
  }

  static duringTests(): ApnsService {
    const service = new ApnsService();
    beforeAll(() => new Promise<void>((listening) => service.server.listen(0, '127.0.0.1', listening)));
    afterAll(() => {
      for (const session of service.sessions) session.destroy();
      service.server.close();
    });
    return service;
  }

  /** Settings of a relay that uses it. */
  get environment(): Record<string, string> {
    return {
      APNS_KEY: this.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      APNS_KEY_ID: KEY_ID,
      APNS_TEAM_ID: TEAM_ID,
      APNS_TOPICS: APNS_TOPICS.join(','),
      APNS_URL: `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`,
    };
  }

  private answer(headers: IncomingHttpHeaders, body: string): Answer {
    const [refusal] = this.refusals.splice(0, 1);
    if (refusal !== undefined) return refusal;
    const [, token = ''] = /^\/3\/device\/([0-9a-f]{64})$/.exec(String(headers[':path'])) ?? [];
    try {
      demand(headers[':method'] === 'POST' && token !== '', 'the path');
      this.checkProvider(String(headers.authorization));
      demand(APNS_TOPICS.includes(String(headers['apns-topic'])), 'the topic');
      demand(headers['apns-push-type'] === 'alert' && headers['apns-priority'] === '10', 'the kind of push');
      demand(Number(headers['apns-expiration']) > Date.now() / 1_000, 'the expiration');
      demand(String(headers['apns-collapse-id']).length <= 64, 'the collapse id');
      const { aps } = JSON.parse(body) as { aps: Record<string, unknown> };
      demand(typeof aps.alert === 'object' && aps['mutable-content'] === 1 && body.length <= 4_096, 'the payload');
    } catch (error) {
      this.faults.push(String(error));
      return { status: 403, reason: 'InvalidProviderToken' };
    }
    this.taken.push({ token, headers, body });
    return { status: 200 };
  }

  private checkProvider(authorization: string): void {
    const [, jwt = ''] = /^bearer (\S+)$/.exec(authorization) ?? [];
    const [head = '', claims = '', signature = ''] = jwt.split('.');
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      { key: this.keys.publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    demand(isSigned && parsed(head).alg === 'ES256' && parsed(head).kid === KEY_ID, 'the signature');
    demand(parsed(claims).iss === TEAM_ID && typeof parsed(claims).iat === 'number', 'the claims');
    this.providerTokens.add(jwt);
  }
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(`${what} is not what it must be`);
}

function parsed(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
