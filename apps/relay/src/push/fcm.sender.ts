import { Inject, Injectable } from '@nestjs/common';
import { DURATIONS } from '#protocol';
import { z } from 'zod';
import { Clock } from '../platform/clock/clock.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { type OutboundAnswer, OutboundHttp } from './outbound-http.js';
import type { FcmTarget } from './push-registration.js';
import { outcomeOf, type PushOutcome, type PushSender } from './push-sender.js';
import { signedToken } from './signed-tokens.js';

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const ASSERTION_SECONDS = 3_600;
/** Renewed so long before it ends. */
const MARGIN_MS = 60_000;

const grantSchema = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });
const errorSchema = z.object({
  error: z.object({ details: z.array(z.object({ errorCode: z.string().optional() })).default([]) }),
});

interface Access {
  readonly token: string;
  readonly renewAtMs: number;
}

/** Firebase Cloud Messaging, HTTP version 1: a message that Android hands to the app, and shows nothing of by itself. */
@Injectable()
export class FcmSender implements PushSender<FcmTarget> {
  private access: Access | undefined;

  constructor(
    private readonly http: OutboundHttp,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get isSetUp(): boolean {
    return this.config.FCM_SERVICE_ACCOUNT !== undefined;
  }

  async send({ token }: FcmTarget): Promise<PushOutcome> {
    const answer = await this.post(token, await this.accessToken());
    if (isUnregistered(answer)) return { kind: 'gone' };
    if (answer.status === 401) {
      this.access = undefined;
      return { kind: 'later' };
    }
    return outcomeOf('fcm', answer.status, answer.retryAfterMs);
  }

  private async post(token: string, accessToken: string): Promise<OutboundAnswer> {
    const url = new URL(`/v1/projects/${this.account.projectId}/messages:send`, this.config.FCM_URL);
    const android = { priority: 'HIGH', ttl: `${String(DURATIONS.wakeUpSeconds)}s`, collapse_key: 'sealpost' };
    const message = { token, data: { sealpost: 'wake-up' }, android };
    return this.http.post({
      url,
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ message })),
      isTrusted: true,
    });
  }

  /** Of OAuth 2.0, for a statement signed by the service account (RFC 7523). */
  private async accessToken(): Promise<string> {
    const nowMs = this.clock.millis();
    if (this.access !== undefined && this.access.renewAtMs > nowMs) return this.access.token;
    const { tokenUrl } = this.account;
    const form = new URLSearchParams({ grant_type: GRANT, assertion: this.assertion(nowMs) });
    const { status, text } = await this.http.post({
      url: new URL(tokenUrl),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(form.toString()),
      isTrusted: true,
    });
    if (status !== 200) throw new Error(`the service account was refused: ${String(status)}`);
    const grant = grantSchema.parse(JSON.parse(text));
    this.access = { token: grant.access_token, renewAtMs: nowMs + grant.expires_in * 1_000 - MARGIN_MS };
    return this.access.token;
  }

  private assertion(nowMs: number): string {
    const { clientEmail, tokenUrl, key, keyId } = this.account;
    const iat = Math.floor(nowMs / 1_000);
    const claims = { iss: clientEmail, scope: SCOPE, aud: tokenUrl, iat, exp: iat + ASSERTION_SECONDS };
    return signedToken(claims, { key, algorithm: 'RS256', ...(keyId === undefined ? {} : { keyid: keyId }) });
  }

  private get account(): NonNullable<Config['FCM_SERVICE_ACCOUNT']> {
    if (this.config.FCM_SERVICE_ACCOUNT === undefined) throw new Error('FCM is not set up');
    return this.config.FCM_SERVICE_ACCOUNT;
  }
}

/** 404 is also said of a project that is not there, which is no reason to forget its devices. */
function isUnregistered({ status, text }: OutboundAnswer): boolean {
  if (status !== 404) return false;
  try {
    const { details } = errorSchema.parse(JSON.parse(text)).error;
    return details.some(({ errorCode }) => errorCode === 'UNREGISTERED');
  } catch {
    return false;
  }
}
