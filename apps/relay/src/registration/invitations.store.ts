import { Injectable } from '@nestjs/common';
import { type InvitationId, LIMITS } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AuditLog, byOwner } from '../audit/index.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import { digestOfCode, type Invitation } from './invitation.js';
import { TooManyInvitations } from './registration.errors.js';

interface InvitationRow {
  readonly id: InvitationId;
  readonly note: string;
  readonly uses: number;
  readonly uses_left: number;
  readonly created_at: Date;
  readonly expires_at: Date;
}

const COLUMNS = 'id, note, uses, uses_left, created_at, expires_at';
/** One that lets nobody in any more is shown for so long. */
const SHOWN_DAYS = 30;
/** Of the pair kind, whose keys no other lock of ours has but those of the audit log and the janitor, beside this one. */
const INVITATIONS_LOCK = [7_325_641, 3] as const;

/** Invitations to register. */
@Injectable()
export class InvitationsStore {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  /** Adds one, and forgets those that are long over. @throws {TooManyInvitations} */
  async add(admin: Caller, invitation: Invitation, code: Buffer): Promise<void> {
    await this.database.transaction(async (manager) => {
      // One at a time, so that those who count see each other. Nobody who registers waits for it.
      await manager.query('SELECT pg_advisory_xact_lock($1, $2)', [...INVITATIONS_LOCK]);
      await this.insert(manager, invitation, code);
      const event = byOwner(admin, 'admin_made_invitation', invitation.createdAt);
      await this.audit.append(manager, { ...event, subjectId: invitation.id });
    });
  }

  private async insert(manager: EntityManager, invitation: Invitation, code: Buffer): Promise<void> {
    const { id, note, uses, createdAt, expiresAt } = invitation;
    await manager.query(
      `DELETE FROM registration_invitations WHERE expires_at < $1::timestamptz - make_interval(days => $2)`,
      [createdAt, SHOWN_DAYS],
    );
    const added = await manager.query<unknown[]>(
      `INSERT INTO registration_invitations (id, code_sha256, note, uses, uses_left, created_at, expires_at)
       SELECT $1::uuid, $2::bytea, $3::text, $4::integer, $4::integer, $5::timestamptz, $6::timestamptz
       WHERE (SELECT count(*) FROM registration_invitations) < $7 RETURNING id`,
      [id, digestOfCode(code), note, uses, createdAt, expiresAt, LIMITS.invitations],
    );
    if (added.length === 0) throw new TooManyInvitations(LIMITS.invitations);
  }

  /** Newest first, those from before `before`: their ids are in the order of time. */
  async list(before: string | undefined, limit: number): Promise<Invitation[]> {
    const rows = await this.database.query<InvitationRow>(
      `SELECT ${COLUMNS} FROM registration_invitations WHERE ($1::uuid IS NULL OR id < $1) ORDER BY id DESC LIMIT $2`,
      [before ?? null, limit],
    );
    return rows.map(toInvitation);
  }

  /** Nobody comes by it any more. Whether there was such a one. */
  async remove(admin: Caller, id: InvitationId, at: Date): Promise<boolean> {
    return this.database.transaction(async (manager) => {
      const rows = await manager.query<unknown[]>(
        `WITH removed AS (DELETE FROM registration_invitations WHERE id = $1 RETURNING id) SELECT id FROM removed`,
        [id],
      );
      if (rows.length === 0) return false;
      await this.audit.append(manager, { ...byOwner(admin, 'admin_revoked_invitation', at), subjectId: id });
      return true;
    });
  }

  /** Uses one up by one. Whether there is one with this code that lets somebody in: of two at once that want the last, one. */
  async use(manager: EntityManager, code: Buffer, at: Date): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `WITH used AS (
         UPDATE registration_invitations SET uses_left = uses_left - 1
         WHERE code_sha256 = $1 AND uses_left > 0 AND expires_at > $2 RETURNING id
       ) SELECT id FROM used`,
      [digestOfCode(code), at],
    );
    return rows.length > 0;
  }
}

function toInvitation(row: InvitationRow): Invitation {
  const { id, note, uses, uses_left: usesLeft, created_at: createdAt, expires_at: expiresAt } = row;
  return { id, note, uses, usesLeft, createdAt, expiresAt };
}
