import { CLIENT_EVENTS, type ClientEvent, SERVER_EVENTS, type ServerEvent } from '#protocol';
import { LIMIT_TABLE, type LimitId } from '../../platform/limits/limit-table.js';
import { CLIENT_EVENT_TABLE, EVERY_EVENT } from '../client-event-table.js';
import type { EventContract } from '../event-contract.js';
import { PUSH_TABLE } from '../push-table.js';
import type { DocumentedLimit, Operation, Reference } from './asyncapi-document.js';
import { acceptedName, clientName, pushName, refusedName } from './names.js';

/** The one channel there is: a socket. */
const CHANNEL: Reference = { $ref: '#/channels/socket' };
/** How every socket proves who it is. */
export const ACCESS_TOKEN: Reference = { $ref: '#/components/securitySchemes/accessToken' };

/** Every event, in the order in which the protocol lists them. */
export function eventOperations(): Record<string, Operation> {
  return Object.fromEntries([
    ...CLIENT_EVENTS.map((event) => [clientName(event), received(event)] as const),
    ...SERVER_EVENTS.map((event) => [pushName(event), sent(event)] as const),
  ]);
}

function received(event: ClientEvent): Operation {
  const contract = CLIENT_EVENT_TABLE[event];
  return {
    action: 'receive',
    ...described(event, contract),
    messages: [inChannel(clientName(event))],
    reply: { channel: CHANNEL, messages: [inChannel(acceptedName(event)), inChannel(refusedName(event))] },
    'x-limits': [...contract.limits, ...EVERY_EVENT.limits].map(documentedLimit),
  };
}

function sent(event: ServerEvent): Operation {
  return { action: 'send', ...described(event, PUSH_TABLE[event]), messages: [inChannel(pushName(event))] };
}

function described(
  event: string,
  { auth, summary, description }: EventContract,
): Pick<Operation, 'channel' | 'title' | 'summary' | 'description' | 'security'> {
  const schemes = { authenticated: [ACCESS_TOKEN] };
  return { channel: CHANNEL, title: event, summary, description, security: schemes[auth] };
}

/** The bucket that is in force unless the operator has set another. */
function documentedLimit(id: LimitId): DocumentedLimit {
  const { burst, seconds, about } = LIMIT_TABLE[id];
  return { id, about, burst, refillSeconds: seconds };
}

function inChannel(message: string): Reference {
  return { $ref: `${CHANNEL.$ref}/messages/${message}` };
}
