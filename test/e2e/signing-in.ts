import { randomBytes } from 'node:crypto';
import type { TestUser } from '#testing';

/** A secret such as a client derives from a password. */
export const secret = (): string => randomBytes(32).toString('base64url');

/** A username that nobody has. */
export const freshName = (): string => `n${randomBytes(6).toString('hex')}`;

/** What signs a user in again, on the device they have. */
export function asKnown(user: TestUser, change: Record<string, unknown> = {}): Record<string, unknown> {
  return { username: user.username, authKey: user.authKey, deviceId: user.deviceId, ...change };
}
