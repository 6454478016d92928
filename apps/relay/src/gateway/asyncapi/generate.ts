import type { INestApplication } from '@nestjs/common';
import { DURATIONS, LIMITS, PROTOCOL_VERSION } from '#protocol';
import { HANDSHAKE } from '../handshake-contract.js';
import { type AsyncApiDocument, type Channel, type Message, messageRef, schemaRef } from './asyncapi-document.js';
import { eventMessages } from './event-messages.js';
import { ACCESS_TOKEN, eventOperations } from './event-operations.js';
import { HANDSHAKE_REFUSAL, refusalExamples } from './event-refusals.js';
import { eventSchemas } from './event-schemas.js';

const DESCRIPTION = `What goes over the sockets of a Sealpost relay: it stores and routes ciphertext, and cannot open it.

The relay speaks Socket.IO 4. A message here is an event of it: \`name\` is the name of the event, the payload its one
argument. A client's event takes an acknowledgement beside it, which is the reply: \`ok: true\` with what there is to
tell, or \`ok: false\` with a problem whose \`code\` never changes its meaning. The operations are named from the relay's
point of view: it receives what clients send.

Pushes are at most once. They tell early what \`sync\` tells for certain. Limits are buckets of so many at once, full
again after so long; these are the defaults, and an operator may set others.`;

const CHANNEL_DESCRIPTION = `Socket.IO's main namespace, by websocket only, without compression, in frames of up to ${LIMITS.frameBytes / 1024} KiB.

A client connects with \`auth: { token }\` within ${DURATIONS.handshakeSeconds} s. A browser's \`Origin\` must be the relay's own or one that the operator allowed. A refused handshake is a \`connect_error\` whose \`data\` is a problem.

The relay closes a socket, without an event, ${DURATIONS.socketGraceSeconds} s after its token ended unless \`auth:renew\` came, when its reader leaves more than ${LIMITS.socketBacklogBytes / 1024 ** 2} MiB unread beside the largest answer on its way, and after more than a hundred refusals for malformed or too many events.`;

const TOKEN_DESCRIPTION = `The access token of \`POST /v1/auth/login\` and its like, as \`auth.token\` of Socket.IO's handshake: \`io(url, { auth: { token } })\`. It travels in the first packet on the open socket, never in the URL or a header, for which AsyncAPI has no exact name; an "apiKey" that the connecting packet carries is the nearest. It is shown once for each socket, and holds for all events on it.`;

/** The AsyncAPI 3.0 document of all events. */
export function asyncApiDocument(app: INestApplication): AsyncApiDocument {
  const messages = eventMessages();
  return {
    asyncapi: '3.0.0',
    id: 'urn:sealpost:events',
    info: {
      title: 'Sealpost relay events',
      version: PROTOCOL_VERSION,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    servers: {
      relay: {
        host: 'relay.example.org',
        protocol: 'wss',
        description: 'Wherever a relay is: the same host and port as its HTTP API.',
        security: [ACCESS_TOKEN],
      },
    },
    channels: { socket: channel(messages) },
    operations: eventOperations(),
    components: {
      messages,
      schemas: eventSchemas(app),
      securitySchemes: { accessToken: { type: 'apiKey', in: 'password', description: TOKEN_DESCRIPTION } },
    },
  };
}

function channel(messages: Record<string, Message>): Channel {
  return {
    address: '/socket.io/',
    title: 'The socket',
    summary: 'One connection of one device',
    description: CHANNEL_DESCRIPTION,
    servers: [{ $ref: '#/servers/relay' }],
    messages: Object.fromEntries(Object.keys(messages).map((name) => [name, messageRef(name)])),
    bindings: { ws: upgrade() },
    'x-handshake': {
      auth: schemaRef(HANDSHAKE.auth.name),
      refusal: schemaRef(HANDSHAKE_REFUSAL),
      refusals: refusalExamples(HANDSHAKE.refusals, (problem) => problem),
    },
  };
}

/** The request that opens the websocket; a client library of Socket.IO makes it by itself. */
function upgrade(): object {
  const query = {
    type: 'object',
    properties: {
      EIO: { type: 'string', const: '4', description: 'Version of Engine.IO, which carries Socket.IO.' },
      transport: { type: 'string', const: 'websocket', description: 'There is no other.' },
    },
    required: ['EIO', 'transport'],
  };
  return { method: 'GET', query, bindingVersion: '0.1.0' };
}
