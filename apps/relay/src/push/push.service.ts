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
    return found(await this.registrations.mute(deviceId, until));
  }

  async unregister({ deviceId }: Caller): Promise<void> {
    await this.registrations.remove(deviceId);
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
    if (!URL.canParse(target.endpoint) || !this.http.mayCall(new URL(target.endpoint))) throw new BadEndpoint();
    if (!isUncompressedPoint(target.p256dh)) throw new BadSubscriptionKey();
    return target;
  }
}

function found(registration: PushRegistration | undefined): PushRegistration {
  if (registration === undefined) throw new NotFound('push registration');
  return registration;
}
