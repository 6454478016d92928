import type { ErrorCode } from '#protocol';
import { HandshakeDto } from './gateway.dto.js';

/** How a socket is opened, for the contract: it is no event, but it can be refused like one. */
export const HANDSHAKE = {
  auth: HandshakeDto,
  refusals: {
    invalid_token: 'There is no token, or it is not valid any more: refresh it, and connect again.',
    too_many_connections: 'The account or the address has as many sockets as it may.',
    unsupported_protocol: 'The relay does not speak the version of the client; `supported` says which ones it speaks.',
    rate_limited: 'The device was thrown out for what it sent: wait for `retryAfterSeconds`.',
    unavailable: 'The relay or its database is down; connecting may succeed soon.',
    internal: 'A fault of the relay.',
  },
} as const satisfies { auth: typeof HandshakeDto; refusals: Partial<Record<ErrorCode, string>> };
