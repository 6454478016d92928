import { Injectable } from '@nestjs/common';
import { type DeviceId, LIMITS, type LinkingSlotId } from '#protocol';
import { AuditLog, byOwner } from '../audit/index.js';
import { Database } from '../platform/database/database.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { SlotTaken, TooManySlots } from './linking.errors.js';
import type { LinkingOffer, LinkingReply } from './linking-slot.js';

interface NewSlot {
  readonly id: LinkingSlotId;
  readonly readSha256: Buffer;
  readonly offer: Buffer;
  readonly at: Date;
  readonly expiresAt: Date;
}

interface Words {
  readonly id: LinkingSlotId;
  readonly deviceId: DeviceId;
  readonly bytes: Buffer;
  readonly at: Date;
}

interface SlotRow {
  readonly device_id: string | null;
  readonly answer: Buffer | null;
  readonly provisioning: Buffer | null;
}

const PROVIDE = `
  WITH taken AS (
    UPDATE linking_slots SET provisioning = $3
    WHERE id = $1 AND device_id = $2 AND provisioning IS NULL AND expires_at > $4 RETURNING id
  ) SELECT id FROM taken`;

/** Linking slots. What is said in one never changes, so a look after a refused write tells for good why it was refused. */
@Injectable()
export class LinkingStore {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** @throws {TooManySlots} */
  async open({ id, readSha256, offer, at, expiresAt }: NewSlot): Promise<void> {
    const opened = await this.database.query(
      `INSERT INTO linking_slots (id, read_sha256, offer, expires_at)
       SELECT $1::bytea, $2::bytea, $3::bytea, $4::timestamptz
       WHERE (SELECT count(*) FROM linking_slots WHERE expires_at > $5) < $6 RETURNING id`,
      [keyOf(id), readSha256, offer, expiresAt, at, LIMITS.linkingSlots],
    );
    if (opened.length === 0) throw new TooManySlots();
  }

  async offer(id: LinkingSlotId, at: Date): Promise<LinkingOffer | undefined> {
    const [row] = await this.database.query<{ offer: Buffer; expires_at: Date }>(
      'SELECT offer, expires_at FROM linking_slots WHERE id = $1 AND expires_at > $2',
      [keyOf(id), at],
    );
    return row && { offer: row.offer, expiresAt: row.expires_at };
  }

  /** The first answer counts; the same again from the same device changes nothing. @throws {NotFound} @throws {SlotTaken} */
  async answer({ id, deviceId, bytes, at }: Words): Promise<void> {
    const taken = await this.database.query(
      `WITH taken AS (
         UPDATE linking_slots SET answer = $3, device_id = $2
         WHERE id = $1 AND answer IS NULL AND expires_at > $4 RETURNING id
       ) SELECT id FROM taken`,
      [keyOf(id), deviceId, bytes, at],
    );
    if (taken.length > 0) return;
    const slot = await this.find(id, at);
    if (slot === undefined) throw new NotFound('slot');
    if (slot.device_id !== deviceId || slot.answer?.equals(bytes) !== true) throw new SlotTaken();
  }

  /** From the device that answered; others learn nothing of the slot. @throws {NotFound} @throws {SlotTaken} */
  async provide(caller: Caller, { id, bytes, at }: Omit<Words, 'deviceId'>): Promise<void> {
    const { deviceId } = caller;
    if (await this.handOver(caller, { id, bytes, at })) return;
    const slot = await this.find(id, at);
    if (slot?.device_id !== deviceId) throw new NotFound('slot');
    if (slot.provisioning?.equals(bytes) !== true) throw new SlotTaken();
  }

  private async handOver(caller: Caller, { id, bytes, at }: Omit<Words, 'deviceId'>): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const taken = await manager.query<unknown[]>(PROVIDE, [keyOf(id), caller.deviceId, bytes, at]);
      if (taken.length > 0) await this.audit.append(manager, byOwner(caller, 'keys_handed_over', at));
      return taken.length > 0;
    });
  }

  /** What was said so far. With the provisioning the slot is gone: it is read once. */
  async read(id: LinkingSlotId, readSha256: Buffer, at: Date): Promise<LinkingReply | undefined> {
    const [gone] = await this.database.query<SlotRow>(
      `WITH gone AS (
         DELETE FROM linking_slots
         WHERE id = $1 AND read_sha256 = $2 AND provisioning IS NOT NULL AND expires_at > $3 RETURNING answer, provisioning
       ) SELECT answer, provisioning FROM gone`,
      [keyOf(id), readSha256, at],
    );
    if (gone !== undefined) return { answer: gone.answer, provisioning: gone.provisioning };
    // Without a provisioning that came between the two statements: the next look finds it.
    const [row] = await this.database.query<{ answer: Buffer | null }>(
      'SELECT answer FROM linking_slots WHERE id = $1 AND read_sha256 = $2 AND expires_at > $3',
      [keyOf(id), readSha256, at],
    );
    return row && { answer: row.answer, provisioning: null };
  }

  /** Deletes slots whose time is over; returns how many. */
  async sweep(at: Date, limit: number): Promise<number> {
    const swept = await this.database.query(
      `WITH old AS (
         SELECT id FROM linking_slots WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       ), gone AS (
         DELETE FROM linking_slots s USING old WHERE s.id = old.id RETURNING s.id
       )
       SELECT id FROM gone`,
      [at, limit],
    );
    return swept.length;
  }

  private async find(id: LinkingSlotId, at: Date): Promise<SlotRow | undefined> {
    const [row] = await this.database.query<SlotRow>(
      'SELECT device_id, answer, provisioning FROM linking_slots WHERE id = $1 AND expires_at > $2',
      [keyOf(id), at],
    );
    return row;
  }
}

function keyOf(id: LinkingSlotId): Buffer {
  return Buffer.from(id, 'base64url');
}
