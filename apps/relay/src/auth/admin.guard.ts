import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { AdminRights } from '../admin/index.js';
import { authModeOf, callerOf } from '../platform/http/caller.js';
import { InvalidToken } from './auth.errors.js';

/** What cannot change anything. */
const READS: readonly string[] = ['GET', 'HEAD'];

/** Lets admins only into what is for admins. It comes after the limits, so that whoever is none does not ask without end. */
@Injectable()
export class AdminGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly rights: AdminRights,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (authModeOf(this.reflector, context) !== 'admin') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const caller = callerOf(request);
    if (caller === undefined) throw new InvalidToken();
    // By the method, so that no route can forget to ask for more.
    if (READS.includes(request.method)) await this.rights.demandToSee(caller);
    else await this.rights.demandToAct(caller);
    return true;
  }
}
