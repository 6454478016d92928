import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type TestUser, until } from '#testing';

/** What a push service was handed for a subscription. */
export interface TakenPush {
  readonly subscription: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** What the browser would see. */
  readonly plaintext: string;
}

interface Refusal {
  /** 0: it never answers. */
  readonly status: number;
  readonly headers?: Record<string, string>;
}

/** A subscription as a browser makes it, with the key that only the browser has. */
class Subscription {
  private readonly key: ECDH = createECDH('prime256v1');
  private readonly auth = randomBytes(16);
  readonly id = randomBytes(12).toString('hex');

  constructor(private readonly origin: string) {
    this.key.generateKeys();
  }

  /** What the page hands to the relay. */
  get target(): { kind: 'webpush'; endpoint: string; p256dh: string; auth: string } {
    return {
      kind: 'webpush',
      endpoint: `${this.origin}/wake/${this.id}`,
      p256dh: this.key.getPublicKey().toString('base64url'),
      auth: this.auth.toString('base64url'),
    };
  }

  /** RFC 8188 and RFC 8291, read from the side of the receiver, and with none of the relay's code. */
  decrypt(body: Buffer): string {
    const [salt, keyLength] = [body.subarray(0, 16), body[20]!];
    const sender = body.subarray(21, 21 + keyLength);
    const record = body.subarray(21 + keyLength);
    if (record.length > body.readUInt32BE(16)) throw new Error('more than one record');
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), this.key.getPublicKey(), sender]);
    const secret = hkdfSync('sha256', this.key.computeSecret(sender), this.auth, info, 32);
    const part = (label: string, bytes: number) =>
      Buffer.from(hkdfSync('sha256', Buffer.from(secret), salt, `Content-Encoding: ${label}\0`, bytes));
    const decipher = createDecipheriv('aes-128-gcm', part('aes128gcm', 16), part('nonce', 12));
    decipher.setAuthTag(record.subarray(-16));
    const padded = Buffer.concat([decipher.update(record.subarray(0, -16)), decipher.final()]);
    if (padded.at(-1) !== 2) throw new Error('the last record does not end as it must');
    return padded.subarray(0, -1).toString();
  }
}

/** A push service on this machine, as strict as the ones of browsers: it takes nothing that they would not. */
export class WebPushService {
  readonly taken: TakenPush[] = [];
  /** Why it refused what a real one would have refused. */
  readonly faults: string[] = [];
  /** What is answered next, instead of taking it, by subscription. */
  readonly refusals = new Map<string, Refusal[]>();
  private readonly subscriptions = new Map<string, Subscription>();
  private readonly server: Server;
  private vapidPublicKey = '';

  private constructor() {
    this.server = createServer((request, response) => {
      void buffer(request).then((body) => {
        const { status, headers = {} } = this.answer(request.method, request.url ?? '', request.headers, body);
        if (status === 0) return;
        response.writeHead(status, headers).end('x'.repeat(20_000));
      });
    });
  }

  static duringTests(): WebPushService {
    const service = new WebPushService();
    beforeAll(() => new Promise<void>((listening) => service.server.listen(0, '127.0.0.1', listening)));
    afterAll(() => {
      service.server.closeAllConnections();
      service.server.close();
    });
    return service;
  }

  get origin(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Subscribes for the key of the relay, and tells the relay so. */
  async wake(user: TestUser): Promise<Subscription> {
    const { body: server } = await user.request('GET', '/server');
    const subscription = this.subscribe(server.push.vapidPublicKey as string);
    const reply = await user.request('PUT', '/push', { target: subscription.target });
    if (reply.status !== 200) throw new Error(`the relay refused the subscription: ${String(reply.status)}`);
    return subscription;
  }

  /** What a browser would be answered that subscribes for a key. */
  subscribe(vapidPublicKey: string): Subscription {
    this.vapidPublicKey = vapidPublicKey;
    const subscription = new Subscription(this.origin);
    this.subscriptions.set(subscription.id, subscription);
    return subscription;
  }

  takenFor({ id }: { id: string }): TakenPush[] {
    return this.taken.filter(({ subscription }) => subscription === id);
  }

  async takes(subscription: { id: string }, count = 1): Promise<TakenPush[]> {
    await until(() => this.takenFor(subscription).length >= count, `${String(count)} wake-ups came`);
    return this.takenFor(subscription);
  }

  private answer(method: string | undefined, path: string, headers: IncomingHttpHeaders, body: Buffer): Refusal {
    const id = path.replace('/wake/', '');
    const [refusal] = this.refusals.get(id)?.splice(0, 1) ?? [];
    if (refusal !== undefined) return refusal;
    const subscription = this.subscriptions.get(id);
    if (subscription === undefined) return { status: 404 };
    try {
      this.check(method, headers, body);
      this.taken.push({ subscription: id, headers, body, plaintext: subscription.decrypt(body) });
      return { status: 201 };
    } catch (error) {
      this.faults.push(String(error));
      return { status: 400 };
    }
  }

  private check(method: string | undefined, headers: IncomingHttpHeaders, body: Buffer): void {
    demand(method === 'POST', 'the method');
    demand(headers['content-encoding'] === 'aes128gcm', 'the encoding');
    demand(body.length <= 4_096, 'the size');
    demand(/^\d+$/.test(headers.ttl as string) && Number(headers.ttl) <= 28 * 86_400, 'the TTL');
    demand(['very-low', 'low', 'normal', 'high'].includes(headers.urgency as string), 'the urgency');
    demand(/^[A-Za-z0-9_-]{1,32}$/.test(headers.topic as string), 'the topic');
    this.checkVapid(headers.authorization ?? '');
  }

  /** RFC 8292. */
  private checkVapid(authorization: string): void {
    const [, token = '', key = ''] = /^vapid t=([^,\s]+), k=([\w-]+)$/.exec(authorization) ?? [];
    demand(key === this.vapidPublicKey, 'the key subscribed for');
    const [head = '', claims = '', signature = ''] = token.split('.');
    demand(parsed(head).alg === 'ES256' && parsed(head).typ === 'JWT', 'the header of the token');
    const point = Buffer.from(key, 'base64url');
    const half = (from: number) => point.subarray(from, from + 32).toString('base64url');
    const jwk = { kty: 'EC', crv: 'P-256', x: half(1), y: half(33) };
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' });
    const signed = Buffer.from(`${head}.${claims}`);
    const isSigned = verify(
      'sha256',
      signed,
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    );
    demand(isSigned, 'the signature of the token');
    const { aud, exp, sub } = parsed(claims);
    demand(aud === this.origin, 'the audience');
    demand(typeof exp === 'number' && exp > Date.now() / 1_000, 'the end of the token');
    demand(/^(mailto:|https:)/.test(String(sub)), 'the contact');
  }
}

function demand(holds: boolean, what: string): void {
  if (!holds) throw new Error(`${what} is not what it must be`);
}

function parsed(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
}
