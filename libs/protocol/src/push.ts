/** The ways in which a device that is not connected can be woken. */
export const PUSH_KINDS = ['webpush', 'fcm', 'apns'] as const;
export type PushKind = (typeof PUSH_KINDS)[number];

/**
 * What every wake-up carries, whatever it is about: the same bytes for each message, conversation and device. Whoever is
 * woken asks the relay.
 */
export const WAKE_UP = '{"sealpost":"wake-up"}';
