import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { draftOf, type Seeded, type TestUser } from '#testing';
import { v7 } from 'uuid';
import type { AsyncApiDocument } from '../../../apps/relay/src/gateway/asyncapi/asyncapi-document.js';
import { anyText, mutated } from './mutations.js';
import { cursors } from './recipes.js';
import { type Body, type Schema, type SchemaDocument, SchemaValues } from './schema-values.js';
import type { World } from './world.js';

const ROOT = join(import.meta.dirname, '../../..');

export const asyncApi = JSON.parse(readFileSync(join(ROOT, 'asyncapi.json'), 'utf8')) as AsyncApiDocument;

/** An event that is acknowledged: of the document, or one that it does not have. */
interface EventInput {
  readonly kind: 'event' | 'unknown';
  readonly event: string;
  readonly args: readonly unknown[];
}

/** Without a function to acknowledge with, nothing comes back. */
interface SilentInput {
  readonly kind: 'silent';
  readonly event: string;
  readonly args: readonly unknown[];
}

export type SocketInput = EventInput | SilentInput;

export const EVENTS = Object.values(asyncApi.operations).flatMap(({ action, title, messages }) => {
  const [message] = messages.map(({ $ref }) => asyncApi.components.messages[$ref.split('/').at(-1)!]);
  return action === 'receive' && message !== undefined
    ? [{ event: title, payload: message.payload satisfies Schema }]
    : [];
});

/** An event of the committed document: as it should be, or less and less so. */
export function socketInput(world: World, person: TestUser, random: Seeded): SocketInput {
  const { event, payload } = random.pick(EVENTS);
  const values = new SchemaValues(asyncApi as unknown as SchemaDocument, random, random.oneIn(8));
  const body = { ...(values.of(payload) as Body), ...known(event, { world, person, random }) };
  switch (random.between(1, 10)) {
    case 1:
      return { kind: 'event', event, args: oddArguments(body, random) };
    case 2:
      return random.oneIn(2)
        ? { kind: 'silent', event, args: random.oneIn(2) ? [body] : oddArguments(body, random) }
        : {
            kind: 'unknown',
            event: unreserved(anyText(random)),
            args: [random.oneIn(2) ? body : mutated(body, random)],
          };
    case 3:
    case 4:
    case 5:
      return { kind: 'event', event, args: [onTheWire(mutated(body, random))] };
    default:
      return { kind: 'event', event, args: [onTheWire(body)] };
  }
}

/** What makes an event one that can succeed, where its schema alone does not. */
function known(event: string, { world, person, random }: { world: World; person: TestUser; random: Seeded }): Body {
  const conversationId = world.placeOf(person, random)?.id ?? v7();
  switch (event) {
    case 'message:send':
      return random.oneIn(10)
        ? { conversationId, ...draftOf('x'.repeat(random.between(1, 60_000))) }
        : { conversationId };
    case 'receipt:update':
      return random.oneIn(4) ? { conversationId } : { conversationId, delivered: 2, read: random.between(1, 2) };
    case 'sync':
      if (random.oneIn(4)) return {};
      return { incarnation: undefined, revision: random.between(0, 3), cursors: cursors(world, random) };
    case 'auth:renew':
      return { token: person.token };
    default:
      return { conversationId };
  }
}

function oddArguments(body: Body, random: Seeded): unknown[] {
  const bytes = random.bytes(random.between(0, 300));
  return random.pick<unknown[]>([
    [],
    [body, body],
    [null],
    [[body]],
    [JSON.stringify(body)],
    [bytes],
    [body, bytes],
    [
      Object.fromEntries(
        Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? bytes : value]),
      ),
    ],
    [{ ...body, extra: bytes }],
    [Array(50).fill(bytes)],
    [{ ...body, constructor: { name: bytes } }],
  ]);
}

/** What is left of a value after it was written as JSON: with that, and not with what never left, the answer has to fit. */
function onTheWire(value: unknown): unknown {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? null : JSON.parse(text);
}

/** The client library keeps some names to itself, and uses others as events of its own. */
function unreserved(name: string): string {
  const own = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];
  return own.includes(name) || EVENTS.some(({ event }) => event === name) ? `${name}!` : name;
}
