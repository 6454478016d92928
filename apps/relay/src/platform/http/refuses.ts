import { ApiExtension } from '@nestjs/swagger';
import type { ErrorCode } from '#protocol';

/** Where a route's own refusals stand until the document is put together. */
export const REFUSALS = 'x-refusals';

/**
 * Names the ways in which a route's service refuses, for the OpenAPI document. What follows from the kind of route (its
 * form, its access token, its limits, an outage) is not named: openapi-answers.ts adds it. Every answer of the end-to-end
 * tests is held against the two together.
 */
export const Refuses = (...codes: ErrorCode[]): MethodDecorator => ApiExtension(REFUSALS, codes);
