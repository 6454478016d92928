import { Injectable } from '@nestjs/common';
import type { InvitationId } from '#protocol';
import { v7 } from 'uuid';
import { Clock } from '../platform/clock/clock.js';
import { NotFound } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { type Invitation, mintCode, type NewInvitation } from './invitation.js';
import { InvitationsStore } from './invitations.store.js';

/** Invitations, as administrators give them out. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly store: InvitationsStore,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  /** @returns it with its code, which nobody is told again. @throws {TooManyInvitations} @throws {RateLimited} */
  async make(admin: Caller, { note, uses, expiresInSeconds }: NewInvitation): Promise<Invitation & { code: Buffer }> {
    await this.limiter.take('adminActs', admin.accountId);
    const createdAt = this.clock.now();
    const code = mintCode();
    const invitation: Invitation = {
      id: v7({ msecs: createdAt.getTime() }) as InvitationId,
      ...{ note, uses, usesLeft: uses, createdAt },
      expiresAt: new Date(createdAt.getTime() + expiresInSeconds * 1_000),
    };
    await this.store.add(admin, invitation, code);
    return { ...invitation, code };
  }

  async list(page: { before: string | undefined; limit: number }): Promise<Invitation[]> {
    return this.store.list(page.before, page.limit);
  }

  /** @throws {NotFound} @throws {RateLimited} */
  async revoke(admin: Caller, id: InvitationId): Promise<void> {
    await this.limiter.take('adminActs', admin.accountId);
    if (!(await this.store.remove(admin, id, this.clock.now()))) throw new NotFound('invitation');
  }
}
