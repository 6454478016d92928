import { Injectable } from '@nestjs/common';
import { InvalidToken } from '../auth/index.js';
import { isUncompressedPoint } from '../keys/index.js';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { OutboundHttp } from './outbound-http.js';
import { BadEndpoint, BadSubscriptionKey, PushUnsupported, UnknownApp } from './push.errors.js';
import { PushStore } from './push.store.js';
import type { ApnsTarget, MutedUntil, PushRegistration, PushTarget, WebPushTarget } from './push-registration.js';
import { PushSenders } from './push-senders.js';

const LONGEST_MUTE_MS = 100 * 365 * 86_400_000;

/** Where a client says that its device is woken. */
export type NewTarget = Exclude<PushTarget, ApnsTarget> | (Omit<ApnsTarget, 'topic'> & { topic: string | undefined });

/** How the caller's own device is woken. There is no way to name anybody else's. */
@Injectable()
export class PushService {
  constructor(
    private readonly registrations: PushStore,
    private readonly senders: PushSenders,
    private readonly http: OutboundHttp,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws {PushUnsupported} @throws {BadEndpoint} @throws {BadSubscriptionKey} @throws {UnknownApp}
   * @throws {InvalidToken} when the session ended meanwhile.
   */
  async register(caller: Caller, given: NewTarget): Promise<PushRegistration> {
    await this.limiter.take('push', caller.deviceId);
    const target = this.check(given);
    const registration = await this.registrations.put(caller, target, this.clock.now());
    if (registration === undefined) throw new InvalidToken();
    return registration;
  }

  /** @throws {NotFound} when the device is not woken. */
  async status({ deviceId }: Caller): Promise<PushRegistration> {
    return found(await this.registrations.find(deviceId));
  }

  /** @throws {NotFound} when the device is not woken. */
  async mute({ deviceId }: Caller, until: MutedUntil): Promise<PushRegistration> {
    await this.limiter.take('push', deviceId);
    return found(await this.registrations.mute(deviceId, this.withinReason(until)));
  }

  async unregister({ deviceId }: Caller): Promise<void> {
    await this.registrations.remove(deviceId);
  }

  /** What is over is none, and what nobody lives to see is for good: a database has no room for every date that there is. */
  private withinReason(until: MutedUntil): MutedUntil {
    if (!(until instanceof Date)) return until;
    const ms = until.getTime() - this.clock.millis();
    if (ms > LONGEST_MUTE_MS) return 'forever';
    return ms > 0 ? until : null;
  }

  private check(target: NewTarget): PushTarget {
    const { vapidPublicKey, fcm, apnsTopics } = this.senders.offers;
    switch (target.kind) {
      case 'webpush':
        if (vapidPublicKey === undefined) throw new PushUnsupported(target.kind);
        return this.checkSubscription(target);
      case 'fcm':
        if (!fcm) throw new PushUnsupported(target.kind);
        return target;
      case 'apns': {
        const [main] = apnsTopics;
        if (main === undefined) throw new PushUnsupported(target.kind);
        const topic = target.topic ?? main;
        if (!apnsTopics.includes(topic)) throw new UnknownApp();
        return { ...target, topic };
      }
    }
  }

  private checkSubscription(target: WebPushTarget): WebPushTarget {
    const url = URL.canParse(target.endpoint) ? new URL(target.endpoint) : undefined;
    if (url === undefined || !this.http.mayCall(url)) throw new BadEndpoint();
    if (!isUncompressedPoint(target.p256dh)) throw new BadSubscriptionKey();
    // As it is called, which has no character that a database would not take.
    return { ...target, endpoint: url.href };
  }
}

function found(registration: PushRegistration | undefined): PushRegistration {
  if (registration === undefined) throw new NotFound('push registration');
  return registration;
}
