import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../platform/config/config.js';
import { ApnsSender } from './apns.sender.js';
import { FcmSender } from './fcm.sender.js';
import type { PushTarget } from './push-registration.js';
import type { PushOutcome } from './push-sender.js';
import { WebPushSender } from './web-push.sender.js';

/** What clients may register for. */
export interface PushOffers {
  /** For which browsers subscribe; absent without Web Push. */
  readonly vapidPublicKey: Buffer | undefined;
  readonly fcm: boolean;
  /** Apps that are woken by APNs; none without it. */
  readonly apnsTopics: readonly string[];
}

/** The push services that this relay speaks to. */
@Injectable()
export class PushSenders {
  constructor(
    private readonly webPush: WebPushSender,
    private readonly fcm: FcmSender,
    private readonly apns: ApnsSender,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get offers(): PushOffers {
    const isOn = this.config.PUSH === 'on';
    return {
      vapidPublicKey: isOn ? this.webPush.publicKey : undefined,
      fcm: isOn && this.fcm.isSetUp,
      apnsTopics: isOn ? this.apns.topics : [],
    };
  }

  async send(target: PushTarget): Promise<PushOutcome> {
    switch (target.kind) {
      case 'webpush':
        return this.webPush.send(target);
      case 'fcm':
        return this.fcm.send(target);
      case 'apns':
        return this.apns.send(target);
    }
  }
}
