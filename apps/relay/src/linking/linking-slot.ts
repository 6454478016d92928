import type { LinkingSlotId } from '#protocol';

/** A slot as whoever opened it knows it; the key is nowhere else. */
export interface OpenedSlot {
  readonly id: LinkingSlotId;
  readonly readKey: Buffer;
  readonly expiresAt: Date;
}

/** What the new device said. */
export interface LinkingOffer {
  readonly offer: Buffer;
  readonly expiresAt: Date;
}

/** What the old device has said so far. */
export interface LinkingReply {
  readonly answer: Buffer | null;
  readonly provisioning: Buffer | null;
}
