import { canonicalBytes, readCanonicalBytes, readText, readWhole } from '../canonical.js';
import { UUID_PATTERN } from '../identifiers.js';

const UUID = new RegExp(UUID_PATTERN, 'u');

/** Which device a leaf stands for. */
export interface DeviceIdentity {
  /** UUID. */
  readonly accountId: string;
  /** UUID. */
  readonly deviceId: string;
}

/** The `identity` of the basic credential in a device's leaves and key packages (RFC 9420 §5.3). */
export function deviceIdentityBytes({ accountId, deviceId }: DeviceIdentity): Uint8Array<ArrayBuffer> {
  return canonicalBytes('sealpost device 1', [accountId, deviceId]);
}

/** @returns undefined for whatever {@link deviceIdentityBytes} does not write. */
export function readDeviceIdentity(bytes: Uint8Array): DeviceIdentity | undefined {
  const [accountId, deviceId, ...more] = (readCanonicalBytes('sealpost device 1', bytes) ?? []).map(readUuid);
  return accountId === undefined || deviceId === undefined || more.length > 0 ? undefined : { accountId, deviceId };
}

/** Which MLS group a conversation has at a time: a repair begins a new generation. */
export interface GroupName {
  /** UUID. */
  readonly conversationId: string;
  /** 1, 2, 3 …. */
  readonly generation: number;
}

/** Where a conversation's MLS group stands. */
export interface GroupPlace {
  /** 0 before the first group. */
  readonly generation: number;
  readonly epoch: number;
}

/** The `group_id` of RFC 9420 §8.1. */
export function groupIdBytes({ conversationId, generation }: GroupName): Uint8Array<ArrayBuffer> {
  return canonicalBytes('sealpost group 1', [conversationId, generation]);
}

/** @returns undefined for whatever {@link groupIdBytes} does not write. */
export function readGroupId(bytes: Uint8Array): GroupName | undefined {
  const [first, second, ...more] = readCanonicalBytes('sealpost group 1', bytes) ?? [];
  if (first === undefined || second === undefined || more.length > 0) return undefined;
  const [conversationId, generation] = [readUuid(first), readWhole(second)];
  return conversationId === undefined || !generation ? undefined : { conversationId, generation };
}

/** A field that is a UUID in lower case. */
export function readUuid(field: Uint8Array): string | undefined {
  const text = readText(field);
  return text !== undefined && UUID.test(text) ? text : undefined;
}
