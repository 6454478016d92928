import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { InvalidRequest } from '../platform/errors/refusal.js';
import type { FastifyRequest } from 'fastify';
import { PreconditionRequired } from './vault.errors.js';

/** The conditions of a request (RFC 9110 §13.1), as they came. */
export interface Precondition {
  readonly ifMatch: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** `@CurrentPrecondition() precondition: Precondition`. */
export const CurrentPrecondition = createParamDecorator(
  (_options: unknown, context: ExecutionContext): Precondition => {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    return { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] };
  },
);

const VERSION_TAG = /^"([1-9]\d{0,14})"$/;

/** The entity tag of a version. */
export function tagOf(version: number): string {
  return `"${String(version)}"`;
}

/**
 * The version to replace, 0 for a name that was never used: exactly one of the two headers, with exactly one version.
 * @throws {PreconditionRequired} @throws {InvalidRequest}
 */
export function versionToReplace({ ifMatch, ifNoneMatch }: Precondition): number {
  if (ifMatch === undefined && ifNoneMatch === undefined) throw new PreconditionRequired();
  if (ifMatch !== undefined && ifNoneMatch !== undefined) throw malformed('If-None-Match', 'excludes If-Match');
  if (ifMatch === undefined) {
    if (ifNoneMatch === '*') return 0;
    throw malformed('If-None-Match', 'must be *');
  }
  const version = VERSION_TAG.exec(ifMatch)?.[1];
  if (version === undefined) throw malformed('If-Match', 'must be one version in quotes');
  return Number(version);
}

/** A name that was never used cannot be deleted, so there is one header only. */
export function versionToDelete({ ifMatch }: Precondition): number {
  return versionToReplace({ ifMatch, ifNoneMatch: undefined });
}

function malformed(header: string, message: string): InvalidRequest {
  return new InvalidRequest([{ path: `/${header}`, message }]);
}
