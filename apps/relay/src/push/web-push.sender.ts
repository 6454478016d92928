import { createECDH } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DURATIONS, WAKE_UP } from '#protocol';
import { encrypt } from 'http_ece';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { OutboundHttp } from './outbound-http.js';
import type { WebPushTarget } from './push-registration.js';
import { outcomeOf, type PushOutcome, type PushSender } from './push-sender.js';
import { signedToken } from './signed-tokens.js';
import { type VapidKey, vapidKeyFrom } from './vapid-key.js';

/** Of a wake-up that waits at the push service a later one takes the place. */
const TOPIC = 'sealpost';
/** RFC 8292 allows a day. */
const TOKEN_SECONDS = 12 * 3_600;
const MOST_TOKENS = 1_000;

interface KnownToken {
  readonly token: string;
  readonly renewAtMs: number;
}

/** Web Push (RFC 8030), encrypted (RFC 8291) and signed by this relay (RFC 8292); also what UnifiedPush distributors take. */
@Injectable()
export class WebPushSender implements PushSender<WebPushTarget> {
  private readonly key: VapidKey;
  private readonly contact: string | undefined;
  private readonly tokens = new Map<string, KnownToken>();

  constructor(
    private readonly http: OutboundHttp,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    if (config.SERVER_SECRET === undefined) throw new Error('Web Push needs SERVER_SECRET');
    this.key = vapidKeyFrom(config.SERVER_SECRET);
    const site = config.PUBLIC_URL?.startsWith('https:') === true ? config.PUBLIC_URL : undefined;
    this.contact = config.PUSH_CONTACT ?? site;
  }

  /** For which browsers subscribe: a point of P-256, uncompressed. */
  get publicKey(): Buffer {
    return this.key.publicKey;
  }

  async send({ endpoint, p256dh, auth }: WebPushTarget): Promise<PushOutcome> {
    const url = new URL(endpoint);
    const headers = {
      authorization: `vapid t=${this.tokenFor(url.origin)}, k=${this.publicKey.toString('base64url')}`,
      'content-encoding': 'aes128gcm',
      'content-type': 'application/octet-stream',
      ttl: String(DURATIONS.wakeUpSeconds),
      urgency: 'high',
      topic: TOPIC,
    };
    const body = encryptedWakeUp(p256dh, auth);
    const { status, retryAfterMs } = await this.http.post({ url, headers, body, isTrusted: false });
    if (status === 404 || status === 410) return { kind: 'gone' };
    return outcomeOf('webpush', status, retryAfterMs);
  }

  /** One for each push service, for half of its time: signing is what costs most of a wake-up. */
  private tokenFor(audience: string): string {
    const nowMs = this.clock.millis();
    const known = this.tokens.get(audience);
    if (known !== undefined && known.renewAtMs > nowMs) return known.token;
    const exp = Math.floor(nowMs / 1_000) + TOKEN_SECONDS;
    const claims = { aud: audience, exp, ...(this.contact === undefined ? {} : { sub: this.contact }) };
    const token = signedToken(claims, { key: this.key.privateKey, algorithm: 'ES256' });
    if (this.tokens.size >= MOST_TOKENS) this.tokens.clear();
    this.tokens.set(audience, { token, renewAtMs: nowMs + (TOKEN_SECONDS * 1_000) / 2 });
    return token;
  }
}

/** The one thing that is ever said, so always of the same length. Its keys are made for this once. */
function encryptedWakeUp(p256dh: Buffer, auth: Buffer): Buffer {
  const privateKey = createECDH('prime256v1');
  privateKey.generateKeys();
  return encrypt(Buffer.from(WAKE_UP), { version: 'aes128gcm', privateKey, dh: p256dh, authSecret: auth });
}
