import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Record<string, string>;
}

const PROJECT = 'sealpost-test';
const EMAIL = `relay@${PROJECT}.iam.example.org`;
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/** As much of Google's OAuth and of FCM's HTTP version 1 as the relay asks for, and as strict. */
export class FcmService {
  /** Bodies of the messages taken, as they came. */
  readonly taken: string[] = [];
  readonly faults: string[] = [];
  /** What is answered next instead of taking a message. */
  readonly refusals: Answer[] = [];
  grants = 0;
  /** Messages from somebody without access. */
  strangers = 0;
  private accessToken = 'none yet';
  private readonly keys: { privateKey: KeyObject; publicKey: KeyObject };
  private readonly server: Server;

  private constructor() {
    this.keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.server = createServer((request, response) => {
      void text(request).then((body) => {
        const { status, body: answer, headers = {} } = this.answer(request.url ?? '', request.headers, body);
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer));
      });
    });
  }

  static duringTests(): FcmService {
    const service = new FcmService();
    beforeAll(() => new Promise<void>((listening) => service.server.listen(0, '127.0.0.1', listening)));
    afterAll(() => {
      service.server.closeAllConnections();
      service.server.close();
    });
    return service;
  }

  /** Settings of a relay that uses it: the account's file as Google hands it out. */
  get environment(): Record<string, string> {
    const file = {
      type: 'service_account',
      project_id: PROJECT,
      private_key_id: 'key-1',
      private_key: this.keys.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      client_email: EMAIL,
      token_uri: `${this.url}/token`,
    };
    return { FCM_SERVICE_ACCOUNT: JSON.stringify(file), FCM_URL: this.url };
  }

  /** As if Google had taken it back before its time. */
  forgetAccess(): void {
    this.accessToken = 'taken back';
  }

  private get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  private answer(path: string, headers: IncomingHttpHeaders, body: string): Answer {
    try {
      if (path === '/token') return this.grant(headers, new URLSearchParams(body));
      demand(path === `/v1/projects/${PROJECT}/messages:send`, 'the path');
      return this.take(headers, body);
    } catch (error) {
      this.faults.push(String(error));
      return { status: 400, body: { error: { code: 400, status: 'INVALID_ARGUMENT' } } };
    }
  }

  private grant(headers: IncomingHttpHeaders, form: URLSearchParams): Answer {
    demand(headers['content-type'] === 'application/x-www-form-urlencoded', 'the type of the form');
    demand(form.get('grant_type') === GRANT, 'the kind of grant');
    const [head = '', claims = '', signature = ''] = (form.get('assertion') ?? '').split('.');
    const isSigned = verify(
      'sha256',
      Buffer.from(`${head}.${claims}`),
      this.keys.publicKey,
      Buffer.from(signature, 'base64url'),
    );
    demand(isSigned && parsed(head).alg === 'RS256' && parsed(head).kid === 'key-1', 'the signature');
    const { iss, scope, aud, iat, exp } = parsed(claims);
    demand(iss === EMAIL && scope === SCOPE && aud === `${this.url}/token`, 'the claims');
    demand(Number(exp) - Number(iat) <= 3_600, 'the time');
    this.accessToken = `access-${String(++this.grants)}`;
    return { status: 200, body: { access_token: this.accessToken, expires_in: 3_599, token_type: 'Bearer' } };
  }

  private take(headers: IncomingHttpHeaders, body: string): Answer {
    const [refusal] = this.refusals.splice(0, 1);
    if (refusal !== undefined) return refusal;
    if (headers.authorization !== `Bearer ${this.accessToken}`) {
      this.strangers++;
      return { status: 401, body: { error: { code: 401, status: 'UNAUTHENTICATED' } } };
    }
    demand(headers['content-type'] === 'application/json', 'the type of the message');
    const { message } = JSON.parse(body) as { message: Record<string, unknown> };
    demand(typeof message.token === 'string', 'the token');
    demand(message.notification === undefined, 'that Android shows nothing by itself');
    demand(
      Object.values(message.data as object).every((value) => typeof value === 'string'),
      'the data',
    );
    const { priority, ttl } = message.android as Record<string, string>;
    demand(priority === 'HIGH' && /^\d+s$/.test(ttl ?? ''), 'the words for Android');
    this.taken.push(body);
    return { status: 200, body: { name: `projects/${PROJECT}/messages/${String(this.taken.length)}` } };
  }
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(`${what} is not what it must be`);
}

function parsed(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
