import { LIMITS, PUSH_KINDS } from '#protocol';
import { Base64Url, bytesOf, Either, Flag, GivenTime, OneOf, OpenEnum, Text, Time } from '../platform/http/fields.js';
import type { NewTarget } from './push.service.js';
import type { MutedUntil, PushRegistration } from './push-registration.js';

class WebPushTargetDto {
  @OneOf(['webpush'], { about: 'Web Push: a browser, or an app with a UnifiedPush distributor.' })
  kind: 'webpush';

  @Text({
    about: 'Where the push service takes wake-ups; https, of a public host.',
    min: 1,
    max: LIMITS.pushEndpointChars,
    example: 'https://push.example.org/wake/3f4e7d3a8b58',
  })
  endpoint: string;

  @Base64Url({
    about: 'Public key of the subscription: a point of P-256, uncompressed.',
    minBytes: LIMITS.pushKeyBytes,
    maxBytes: LIMITS.pushKeyBytes,
    example: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  })
  p256dh: string;

  @Base64Url({
    about: 'Secret of the subscription.',
    minBytes: LIMITS.pushAuthBytes,
    maxBytes: LIMITS.pushAuthBytes,
    example: 'BTBZMqHH6r4Tts7J_aSIgg',
  })
  auth: string;
}

class FcmTargetDto {
  @OneOf(['fcm'], { about: 'Firebase Cloud Messaging, where `GET /v1/server` says that it is set up.' })
  kind: 'fcm';

  @Text({
    about: 'What FCM calls this installation of the app.',
    min: 1,
    max: LIMITS.pushTokenChars,
    pattern: '^[A-Za-z0-9:._-]+$',
    example: 'cNS3bmVpT6Wq:APA91bF4k',
  })
  token: string;
}

class ApnsTargetDto {
  @OneOf(['apns'], { about: 'Apple’s push service, where `GET /v1/server` says that it is set up.' })
  kind: 'apns';

  @Text({
    about: 'What APNs calls this installation of the app, in hexadecimal.',
    min: 64,
    max: 200,
    pattern: '^[0-9a-fA-F]+$',
    example: '740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad',
  })
  token: string;

  @Text({
    about: 'Id of the app, one of those of `GET /v1/server`; the first of them if left out.',
    min: 1,
    max: LIMITS.pushTopicChars,
    optional: true,
    example: 'org.example.chat',
  })
  topic?: string;
}

const TARGET_SHAPES = [WebPushTargetDto, FcmTargetDto, ApnsTargetDto];

export class RegisterPushDto {
  @Either('kind', TARGET_SHAPES, { about: 'Where this device is woken.' })
  target: WebPushTargetDto | FcmTargetDto | ApnsTargetDto;
}

export class MutePushDto {
  @GivenTime({ about: 'Until when; for good if left out.', optional: true })
  until?: string;
}

export class PushRegistrationDto {
  @OpenEnum(PUSH_KINDS, { about: 'By what this device is woken.' })
  kind: string;

  @Flag({ about: 'Whether it is muted, now.' })
  muted: boolean;

  @Time({ about: 'Until when it is muted, or null: for good, or not at all.', nullable: true })
  mutedUntil: string | null;

  @Time({ about: 'When it was registered last.' })
  registeredAt: string;
}

export function toTarget({ target }: RegisterPushDto): NewTarget {
  switch (target.kind) {
    case 'webpush': {
      const { kind, endpoint, p256dh, auth } = target;
      return { kind, endpoint, p256dh: bytesOf(p256dh), auth: bytesOf(auth) };
    }
    case 'fcm':
      return { kind: target.kind, token: target.token };
    case 'apns':
      return { kind: target.kind, token: target.token, topic: target.topic };
  }
}

export function toMutedUntil({ until }: MutePushDto): MutedUntil {
  return until === undefined ? 'forever' : new Date(until);
}

export function toPushRegistrationDto(
  { kind, mutedUntil, registeredAt }: PushRegistration,
  now: Date,
): PushRegistrationDto {
  const isForever = mutedUntil === 'forever';
  const until = isForever || mutedUntil === null || mutedUntil <= now ? null : mutedUntil.toISOString();
  return { kind, muted: isForever || until !== null, mutedUntil: until, registeredAt: registeredAt.toISOString() };
}
