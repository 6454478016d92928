import { createHash, randomBytes } from 'node:crypto';
import { type InvitationId, LIMITS } from '#protocol';

/** What an administrator says of a new one. */
export interface NewInvitation {
  readonly note: string;
  readonly uses: number;
  readonly expiresInSeconds: number;
}

/** One that there is. Its code is known to whom it was given, and to nobody else. */
export interface Invitation {
  readonly id: InvitationId;
  readonly note: string;
  readonly uses: number;
  readonly usesLeft: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export function mintCode(): Buffer {
  return randomBytes(LIMITS.invitationCodeBytes);
}

/** By which it is found: what a search by it tells in its time, it tells of a hash. */
export function digestOfCode(code: Buffer): Buffer {
  return createHash('sha256').update(code).digest();
}
