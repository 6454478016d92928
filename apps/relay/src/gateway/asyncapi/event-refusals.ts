import { type ClientEvent, ERROR_CODES, type ErrorCode } from '#protocol';
import { IdReused } from '../../entries/index.js';
import { type Problem, problemOf, problemOfRefusal } from '../../platform/errors/problem.js';
import {
  Forbidden,
  InvalidRequest,
  NotFound,
  RateLimited,
  type Refusal,
  Unavailable,
  UnsupportedProtocol,
} from '../../platform/errors/refusal.js';
import { CLIENT_EVENT_TABLE, EVERY_EVENT, type Refusals } from '../client-event-table.js';
import { TooManyConnections } from '../gateway.errors.js';
import type { MessageExample } from './asyncapi-document.js';

/** Name of the schema of what a refused handshake is told. */
export const HANDSHAKE_REFUSAL = 'HandshakeRefused';

/** Every way in which an event may be refused, and why. */
export function refusalsOf(event: ClientEvent): Refusals {
  return { ...CLIENT_EVENT_TABLE[event].refusals, ...EVERY_EVENT.refusals };
}

/** One example for each code, with the reason for a summary. */
export function refusalExamples(refusals: Refusals, payloadOf: (problem: Problem) => object): MessageExample[] {
  return ERROR_CODES.flatMap((code) => {
    const reason = refusals[code];
    return reason === undefined ? [] : [{ name: code, summary: reason, payload: payloadOf(exampleOf(code)) }];
  });
}

/** Refusals whose problem says more than its code. */
const TELLING: readonly Refusal[] = [
  new InvalidRequest([{ path: '/colour', message: 'must NOT have additional properties' }]),
  new RateLimited(1),
  new Unavailable(),
  new NotFound('conversation'),
  new IdReused(),
  new Forbidden('The token belongs to another session.'),
  new TooManyConnections(),
  new UnsupportedProtocol(),
];

function exampleOf(code: ErrorCode): Problem {
  const telling = TELLING.find((refusal) => refusal.code === code);
  return (telling && problemOfRefusal(telling)) ?? problemOf(code);
}
