import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DURATIONS, LIMITS, type LinkingSlotId } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { LinkingStore } from './linking.store.js';
import type { LinkingOffer, LinkingReply, OpenedSlot } from './linking-slot.js';

/** Slots in which a new device is linked. The relay passes on what it cannot read, and vouches for nobody. */
@Injectable()
export class LinkingService {
  constructor(
    private readonly slots: LinkingStore,
    private readonly clock: Clock,
  ) {}

  /** @throws {TooManySlots} */
  async open(offer: Buffer): Promise<OpenedSlot> {
    const at = this.clock.now();
    const expiresAt = new Date(at.getTime() + DURATIONS.linkingSlotSeconds * 1000);
    const id = randomBytes(LIMITS.linkingSlotIdBytes).toString('base64url') as LinkingSlotId;
    const readKey = randomBytes(LIMITS.linkingReadKeyBytes);
    await this.slots.open({ id, readSha256: digestOf(readKey), offer, at, expiresAt });
    return { id, readKey, expiresAt };
  }

  /** @throws {NotFound} alike for a slot that never was, has expired, or has been read. */
  async offer(id: LinkingSlotId): Promise<LinkingOffer> {
    const offer = await this.slots.offer(id, this.clock.now());
    if (offer === undefined) throw new NotFound('slot');
    return offer;
  }

  /** @throws {NotFound} @throws {SlotTaken} */
  async answer({ deviceId }: Caller, id: LinkingSlotId, answer: Buffer): Promise<void> {
    await this.slots.answer({ id, deviceId, bytes: answer, at: this.clock.now() });
  }

  /** @throws {NotFound} also when another device answered, or none. @throws {SlotTaken} */
  async provide(caller: Caller, id: LinkingSlotId, provisioning: Buffer): Promise<void> {
    await this.slots.provide(caller, { id, bytes: provisioning, at: this.clock.now() });
  }

  /** @throws {NotFound} also for a wrong key. */
  async read(id: LinkingSlotId, readKey: Buffer): Promise<LinkingReply> {
    const reply = await this.slots.read(id, digestOf(readKey), this.clock.now());
    if (reply === undefined) throw new NotFound('slot');
    return reply;
  }
}

function digestOf(readKey: Buffer): Buffer {
  return createHash('sha256').update(readKey).digest();
}
