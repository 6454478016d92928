import { CLIENT_EVENTS, type ClientEvent, SERVER_EVENTS } from '#protocol';
import { CLIENT_EVENT_TABLE } from '../client-event-table.js';
import type { Example } from '../event-contract.js';
import { PUSH_TABLE } from '../push-table.js';
import { type Message, type MessageExample, schemaRef } from './asyncapi-document.js';
import { refusalExamples, refusalsOf } from './event-refusals.js';
import { acceptedName, capitalised, clientName, pushName, refusedName } from './names.js';

const JSON_TYPE = 'application/json';

/** Every body, acknowledgement and push. */
export function eventMessages(): Record<string, Message> {
  const named = [...CLIENT_EVENTS.flatMap((event) => [body(event), accepted(event), refused(event)]), ...pushes()];
  return Object.fromEntries(named);
}

type Named = readonly [name: string, message: Message];

function body(event: ClientEvent): Named {
  const { summary, body: shape, examples } = CLIENT_EVENT_TABLE[event];
  return [
    clientName(event),
    {
      name: event,
      title: `${event}, the body`,
      summary,
      contentType: JSON_TYPE,
      payload: schemaRef(shape.name),
      examples: shown(examples),
    },
  ];
}

function accepted(event: ClientEvent): Named {
  const name = acceptedName(event);
  return [
    name,
    {
      name: event,
      title: `${event}, done`,
      summary: 'Acknowledges that the event is done.',
      contentType: JSON_TYPE,
      payload: schemaRef(capitalised(name)),
      examples: shown(CLIENT_EVENT_TABLE[event].replies).map((example) => ({
        ...example,
        payload: { ok: true, ...example.payload },
      })),
    },
  ];
}

function refused(event: ClientEvent): Named {
  const name = refusedName(event);
  return [
    name,
    {
      name: event,
      title: `${event}, refused`,
      summary: 'Acknowledges that the event is refused, and says why.',
      contentType: JSON_TYPE,
      payload: schemaRef(capitalised(name)),
      examples: refusalExamples(refusalsOf(event), (error) => ({ ok: false, error })),
    },
  ];
}

function pushes(): Named[] {
  return SERVER_EVENTS.map((event) => {
    const { summary, payload, examples } = PUSH_TABLE[event];
    return [
      pushName(event),
      {
        name: event,
        title: event,
        summary,
        contentType: JSON_TYPE,
        payload: schemaRef(payload.name),
        examples: shown(examples),
      },
    ];
  });
}

function shown(examples: readonly Example[]): MessageExample[] {
  return examples.map(({ about, shows }) => ({ summary: about, payload: shows }));
}
