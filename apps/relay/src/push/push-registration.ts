import type { DeviceId } from '#protocol';

/** A Web Push subscription, of a browser or of a UnifiedPush distributor. */
export interface WebPushTarget {
  readonly kind: 'webpush';
  readonly endpoint: string;
  /** Public key of the subscription: a point of P-256, uncompressed, 65 bytes. */
  readonly p256dh: Buffer;
  /** 16 bytes. */
  readonly auth: Buffer;
}

export interface FcmTarget {
  readonly kind: 'fcm';
  readonly token: string;
}

export interface ApnsTarget {
  readonly kind: 'apns';
  readonly token: string;
  /** Which of the operator's apps it is. */
  readonly topic: string;
}

/** Where a device is woken. */
export type PushTarget = WebPushTarget | FcmTarget | ApnsTarget;

/** Until when a device is not to be woken: `'forever'` until it says otherwise, null if it is. */
export type MutedUntil = Date | 'forever' | null;

export interface PushRegistration {
  readonly kind: PushTarget['kind'];
  readonly mutedUntil: MutedUntil;
  readonly registeredAt: Date;
}

/** A device to be woken. */
export interface Wakeable {
  readonly deviceId: DeviceId;
  readonly target: PushTarget;
}
