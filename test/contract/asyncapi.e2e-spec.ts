import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import specifications from '@asyncapi/specs';
import { CLIENT_EVENTS, ERROR_CODES, PROTOCOL_VERSION, SERVER_EVENTS } from '#protocol';
import { Ajv, type AnySchemaObject, type ValidateFunction } from 'ajv';
import { relayAsyncApi, relayOpenApi } from '../../apps/relay/src/contract.js';
import type {
  AsyncApiDocument,
  JsonSchema,
  Operation,
} from '../../apps/relay/src/gateway/asyncapi/asyncapi-document.js';
import { LIMIT_IDS } from '../../apps/relay/src/platform/limits/limit-table.js';

let document: AsyncApiDocument;
let isAsyncApi: ValidateFunction;
beforeAll(async () => {
  document = await relayAsyncApi();
  // It brings its own copy of the schema of schemas.
  const ajv = new Ajv({ meta: false, strict: false, allErrors: true, validateFormats: false });
  isAsyncApi = ajv.compile(specifications.schemas['3.0.0'] as AnySchemaObject);
});

const committed = (): string => readFileSync(join(import.meta.dirname, '../../asyncapi.json'), 'utf8');
const operations = (): Operation[] => Object.values(document.operations);
const titles = (action: string): string[] =>
  operations()
    .filter((one) => one.action === action)
    .map(({ title }) => title);

/** What a reference within the document leads to. */
function at(reference: string, within: object = document): unknown {
  const [root, ...path] = reference.split('/');
  if (root !== '#') return undefined;
  return path.reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], within);
}

/** Every object within a JSON value, with the path to it. */
function* objectsIn(value: unknown, path = '#'): Generator<{ path: string; object: Record<string, unknown> }> {
  if (typeof value !== 'object' || value === null) return;
  yield { path, object: value as Record<string, unknown> };
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, `${path}/${key}`);
}

describe('the AsyncAPI document', () => {
  it('is committed as asyncapi.json, as this build serves it (`npm run contract` writes it anew)', () => {
    expect(committed()).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  it('is AsyncAPI 3.0, by the schema of its authors', () => {
    isAsyncApi(document);
    expect(isAsyncApi.errors ?? []).toEqual([]);
    expect([document.asyncapi, document.info.version]).toEqual(['3.0.0', PROTOCOL_VERSION]);
  });

  it('would be found wrong by that schema if it were', () => {
    const passesWith = (part: string, change: object): unknown => {
      const copy = JSON.parse(JSON.stringify(document)) as object;
      Object.assign(at(part, copy) as object, change);
      return isAsyncApi(copy);
    };
    expect(passesWith('#/operations/sync', { summary: 'Anything' })).toBe(true);
    expect(passesWith('#/operations/sync', { action: 'subscribe' })).toBe(false);
    expect(passesWith('#/components/schemas/EntryDto', { type: 'entry' })).toBe(false);
    expect(passesWith('#/channels/socket', { colour: 'red' })).toBe(false);
  });

  it('has every event of the protocol, and no other', () => {
    expect(titles('receive')).toEqual(CLIENT_EVENTS);
    expect(titles('send')).toEqual(SERVER_EVENTS);
    const named = Object.values(document.components.messages).map(({ name }) => name);
    expect(new Set(named)).toEqual(new Set([...CLIENT_EVENTS, ...SERVER_EVENTS]));
  });

  it('gives every event a summary, a description, who may use it, and its limits', () => {
    for (const { title, action, summary, description, security, 'x-limits': limits = [] } of operations()) {
      expect([title, summary]).toEqual([title, expect.stringMatching(/^[A-Z].{5,80}[^.]$/)]);
      expect([title, description]).toEqual([title, expect.stringMatching(/^.{10,}\.$/s)]);
      expect([title, security]).toEqual([title, [{ $ref: '#/components/securitySchemes/accessToken' }]]);
      const ids = limits.map(({ id }) => id);
      expect([title, ids.filter((id) => !(LIMIT_IDS as string[]).includes(id))]).toEqual([title, []]);
      expect([title, ids.includes('events')]).toEqual([title, action === 'receive']);
    }
  });

  it('says what every event of a client is answered: done, or refused with a code that is named', () => {
    for (const [id, { action, reply }] of Object.entries(document.operations)) {
      const answers = (reply?.messages ?? []).map(({ $ref }) => $ref.split('/').at(-1));
      expect([id, answers]).toEqual([id, action === 'receive' ? [`${id}Accepted`, `${id}Refused`] : []]);
      if (action === 'send') continue;
      const { payload, examples } = document.components.messages[`${id}Refused`]!;
      const { 'x-problem-codes': codes = [] } = (at(payload.$ref) as JsonSchema).properties!.error!;
      expect([id, examples.map(({ name }) => name)]).toEqual([id, ERROR_CODES.filter((code) => codes.includes(code))]);
      for (const code of ['internal', 'invalid_request', 'rate_limited', 'unavailable']) expect(codes).toContain(code);
    }
  });

  it('gives every message examples that are as it says', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'urn:sealpost:events', components: { schemas: document.components.schemas } });
    const { auth, refusal, refusals } = document.channels.socket['x-handshake'];
    const shown = [
      ...Object.entries(document.components.messages).map(
        ([name, { payload, examples }]) => [name, payload, examples] as const,
      ),
      ['handshake', refusal, refusals] as const,
    ];
    for (const [name, { $ref }, examples] of shown) {
      const validate = ajv.compile({ $ref: `urn:sealpost:events${$ref}` });
      expect([name, examples.length > 0]).toEqual([name, true]);
      for (const { summary, payload } of examples) {
        validate(payload);
        expect([name, summary, validate.errors]).toEqual([name, expect.stringMatching(/^[A-Z]/), null]);
      }
    }
    expect(at(auth.$ref)).toMatchObject({ properties: { token: { type: 'string' } }, required: ['token'] });
  });

  it('describes every field', () => {
    const undescribed = Object.entries(document.components.schemas).flatMap(([shape, { properties = {} }]) =>
      Object.entries(properties)
        .filter(([, { description = '' }]) => description === '')
        .map(([field]) => `${shape}.${field}`),
    );
    expect(undescribed).toEqual([]);
  });

  it('has the shapes of the OpenAPI document, where both have them', async () => {
    const { schemas = {} } = (await relayOpenApi()).components ?? {};
    const asOpenApi = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (_key, inner: unknown) => {
        if (typeof inner !== 'object' || inner === null || !('examples' in inner)) return inner;
        const { examples, ...schema } = inner;
        return Array.isArray(examples) ? { ...schema, example: examples[0] as unknown } : inner;
      });
    const common = Object.keys(document.components.schemas).filter((name) => name in schemas);
    expect(common).toEqual(expect.arrayContaining(['EntryDto', 'GapItemDto', 'ProblemDto', 'SyncRequestDto']));
    for (const name of common)
      expect([name, asOpenApi(at(`#/components/schemas/${name}`))]).toEqual([name, schemas[name]]);
  });

  it('refers to nothing that it does not have, and has nothing that nobody refers to', () => {
    const references = new Set(
      [...objectsIn(document)].flatMap(({ object: { $ref } }) => (typeof $ref === 'string' ? [$ref] : [])),
    );
    expect([...references].filter((reference) => at(reference) === undefined)).toEqual([]);
    const parts = Object.entries(document.components).flatMap(([kind, named]) =>
      Object.keys(named).map((name) => `#/components/${kind}/${name}`),
    );
    expect(parts.filter((part) => !references.has(part))).toEqual([]);
    // An operation's messages are those of its channel.
    const named = operations().flatMap(({ messages, reply }) => [...messages, ...(reply?.messages ?? [])]);
    expect(named.filter(({ $ref }) => !$ref.startsWith('#/channels/socket/messages/'))).toEqual([]);
  });

  it('bounds every text, list and number that is sent to the relay', () => {
    const bodies = operations()
      .filter(({ action }) => action === 'receive')
      .map(({ messages: [message] }) => document.components.messages[message!.$ref.split('/').at(-1)!]!.payload.$ref);
    const boundless = bodies.flatMap((body) =>
      [...objectsIn(at(body), body)].filter(({ object }) => isBoundless(object)),
    );
    expect(bodies).toHaveLength(CLIENT_EVENTS.length);
    expect(boundless.map(({ path }) => path)).toEqual([]);
  });

  it('comes out the same each time', async () => {
    expect(JSON.stringify(await relayAsyncApi())).toBe(JSON.stringify(document));
  });
});

function isBoundless({ type, ...schema }: Record<string, unknown>): boolean {
  if (type === 'string') return !['enum', 'pattern', 'maxLength'].some((bound) => bound in schema);
  if (type === 'integer') return !('maximum' in schema);
  if (type === 'array') return !('maxItems' in schema);
  return false;
}
