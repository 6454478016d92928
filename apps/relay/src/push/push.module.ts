import { Module } from '@nestjs/common';
import { ApnsConnection } from './apns-connection.js';
import { ApnsSender } from './apns.sender.js';
import { FcmSender } from './fcm.sender.js';
import { OutboundHttp } from './outbound-http.js';
import { PushController } from './push.controller.js';
import { PushService } from './push.service.js';
import { PushStore } from './push.store.js';
import { PushSenders } from './push-senders.js';
import { PushTotals } from './push-totals.js';
import { PushSweepService } from './push-sweep.service.js';
import { WakeUps } from './wake-ups.service.js';
import { WebPushSender } from './web-push.sender.js';

@Module({
  controllers: [PushController],
  providers: [
    PushService,
    PushStore,
    PushSenders,
    PushTotals,
    PushSweepService,
    WakeUps,
    WebPushSender,
    FcmSender,
    ApnsSender,
    ApnsConnection,
    OutboundHttp,
  ],
  exports: [PushSenders, PushTotals],
})
export class PushModule {}
