import { Inject, Injectable } from '@nestjs/common';
import { DURATIONS } from '#protocol';
import { z } from 'zod';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { ApnsConnection } from './apns-connection.js';
import type { ApnsTarget } from './push-registration.js';
import { outcomeOf, type PushOutcome, type PushSender } from './push-sender.js';
import { signedToken } from './signed-tokens.js';

/** Apple takes a token for an hour, and wants no new one within twenty minutes. */
const TOKEN_MS = 40 * 60_000;
/** The same for everybody: the app's extension, which it wakes, puts the words. Without one, the app's own words stand. */
const BODY = Buffer.from(
  JSON.stringify({ aps: { alert: { 'loc-key': 'SEALPOST_NEW_MESSAGE' }, sound: 'default', 'mutable-content': 1 } }),
);
/** What Apple says of a token that is none, any more or for this app. */
const GONE = ['BadDeviceToken', 'DeviceTokenNotForTopic', 'ExpiredToken', 'Unregistered'];

const reasonSchema = z.object({ reason: z.string() });

/** Apple's push service. */
@Injectable()
export class ApnsSender implements PushSender<ApnsTarget> {
  private token: { readonly text: string; readonly renewAtMs: number } | undefined;

  constructor(
    private readonly connection: ApnsConnection,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** The apps that are woken, the one first that is meant if none is named; empty if APNs is not set up. */
  get topics(): readonly string[] {
    return this.config.APNS_KEY === undefined ? [] : this.config.APNS_TOPICS;
  }

  async send({ token, topic }: ApnsTarget): Promise<PushOutcome> {
    const headers = {
      authorization: `bearer ${this.providerToken()}`,
      'apns-topic': topic,
      'apns-push-type': 'alert',
      'apns-priority': '10',
      'apns-expiration': String(Math.floor(this.clock.millis() / 1_000) + DURATIONS.wakeUpSeconds),
      'apns-collapse-id': 'sealpost',
    };
    const { status, text, retryAfterMs } = await this.connection.post(`/3/device/${token}`, headers, BODY);
    const reason = reasonOf(text);
    if (status === 410 || (status === 400 && GONE.includes(reason))) return { kind: 'gone' };
    if (reason === 'ExpiredProviderToken') {
      this.token = undefined;
      return { kind: 'later' };
    }
    return outcomeOf('apns', status, retryAfterMs);
  }

  private providerToken(): string {
    const { APNS_KEY: key, APNS_KEY_ID: keyid, APNS_TEAM_ID: iss } = this.config;
    if (key === undefined || keyid === undefined) throw new Error('APNs is not set up');
    const nowMs = this.clock.millis();
    if (this.token !== undefined && this.token.renewAtMs > nowMs) return this.token.text;
    const text = signedToken({ iss, iat: Math.floor(nowMs / 1_000) }, { key, algorithm: 'ES256', keyid });
    this.token = { text, renewAtMs: nowMs + TOKEN_MS };
    return text;
  }
}

function reasonOf(text: string): string {
  try {
    return reasonSchema.parse(JSON.parse(text)).reason;
  } catch {
    return '';
  }
}
