import { Injectable } from '@nestjs/common';
import type { AccountId, ConversationId, DeviceId } from '#protocol';
import { Database } from '../platform/database/database.js';

interface MemberRow {
  readonly account_id: AccountId;
  readonly joined_seq: string;
}

interface DeviceRow {
  readonly id: DeviceId;
  readonly account_id: AccountId;
}

interface CursorRow {
  readonly device_id: DeviceId;
  readonly seq: string;
}

/**
 * Which part of a log all its readers have, by statements of one conversation each, or of none: where logs are spread over several
 * servers by conversation, devices are on another one than cursors, and are not joined with them. Who comes between two of
 * these statements needs nothing that is there already, and a cursor only grows.
 */
@Injectable()
export class DeliveriesStore {
  constructor(private readonly database: Database) {}

  /**
   * Up to where every device of every member has stored a log. Nobody needs what was written before they came. Undefined where
   * nobody is left, or members do not want what is delivered to be erased.
   */
  async storedByAll(conversation: ConversationId, everywhere: boolean): Promise<number | undefined> {
    const members = await this.database.query<MemberRow>(
      `SELECT m.account_id, m.joined_seq FROM members m JOIN conversations c ON c.id = m.conversation_id
       WHERE m.conversation_id = $1 AND c.id = $1 AND m.left_seq IS NULL AND ($2 OR c.erase_delivered)`,
      [conversation, everywhere],
    );
    if (members.length === 0) return undefined;
    const devices = await this.database.query<DeviceRow>(
      'SELECT id, account_id FROM devices WHERE account_id = ANY ($1) AND revoked_at IS NULL',
      [members.map(({ account_id: account }) => account)],
    );
    const cursors = await this.database.query<CursorRow>(
      'SELECT device_id, seq FROM cursors WHERE conversation_id = $1 AND device_id = ANY ($2)',
      [conversation, devices.map(({ id }) => id)],
    );
    return leastOf(members, devices, cursors);
  }
}

function leastOf(members: readonly MemberRow[], devices: readonly DeviceRow[], cursors: readonly CursorRow[]): number {
  const stored = new Map(cursors.map(({ device_id: device, seq }) => [device, Number(seq)]));
  const owners = new Map<AccountId, DeviceId[]>();
  for (const { id, account_id: account } of devices) owners.set(account, [...(owners.get(account) ?? []), id]);
  const reached = members.map(({ account_id: account, joined_seq: joined }) => {
    // An account without a device has nothing yet.
    const seqs = owners.get(account)?.map((device) => stored.get(device) ?? 0) ?? [0];
    return Math.max(Math.min(...seqs), Number(joined) - 1);
  });
  return Math.min(...reached);
}
