import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ERROR_CODES, PROTOCOL_VERSION } from '#protocol';
import { ContractDocument, type OpenApi } from '#testing';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { relayOpenApi } from '../../apps/relay/src/contract.js';
import { PROBLEMS } from '../../apps/relay/src/platform/errors/problem.js';

const ROOT = join(import.meta.dirname, '../..');
const committed = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema?: object }[];
  readonly responses: Readonly<Record<string, Response>>;
}

interface Response {
  readonly $ref?: string;
  readonly description: string;
  readonly headers: Readonly<Record<string, { readonly $ref?: string; readonly required?: boolean }>>;
  readonly content?: Readonly<Record<string, Media>>;
  readonly 'x-problem-codes'?: readonly (keyof typeof PROBLEMS)[];
}

interface Media {
  readonly schema: object;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly $ref?: string; readonly value?: unknown }>>;
}

let document: OpenAPIObject;
let contract: ContractDocument;
let operations: { route: string; path: string; operation: Operation }[];

beforeAll(async () => {
  document = await relayOpenApi();
  contract = new ContractDocument(JSON.parse(JSON.stringify(document)) as OpenApi);
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
});

const COMMON_HEADERS = ['Sealpost-Protocol', 'X-Request-Id', 'Cache-Control'];

/** Every object within a JSON value, with the path to it. */
function* objectsIn(value: unknown, path = '#'): Generator<{ path: string; object: Record<string, unknown> }> {
  if (typeof value !== 'object' || value === null) return;
  yield { path, object: value as Record<string, unknown> };
  for (const [key, inner] of Object.entries(value)) yield* objectsIn(inner, `${path}/${key}`);
}

/** By tus. */
const ANSWERED_IN_HEADERS: readonly (string | undefined)[] = ['createAttachment', 'getUpload'];

describe('the OpenAPI document', () => {
  it('is committed as openapi.json, as this build serves it (`npm run contract` writes it anew)', () => {
    expect(JSON.parse(committed('openapi.json'))).toEqual(JSON.parse(JSON.stringify(document)));
    expect(committed('openapi.json')).toBe(`${JSON.stringify(document, null, 2)}\n`);
  });

  it('is OpenAPI 3.1 of this version of the protocol, without the keywords of 3.0', () => {
    expect([document.openapi, document.info.version]).toEqual(['3.1.0', PROTOCOL_VERSION]);
    const old = [...objectsIn(document)].filter(({ object }) => 'nullable' in object);
    expect(old.map(({ path }) => path)).toEqual([]);
  });

  it('gives every operation a name of its own, a summary, a description and a tag', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { route, operation } of operations) {
      expect([route, operation.operationId]).toEqual([route, expect.stringMatching(/^[a-z][A-Za-z]+$/)]);
      expect([route, operation.summary]).toEqual([route, expect.stringMatching(/^[A-Z].{5,80}[^.]$/)]);
      expect([route, operation.description]).toEqual([route, expect.stringMatching(/^.{10,}\.$/s)]);
      expect([route, operation.tags]).toEqual([route, [expect.stringMatching(/^[a-z]+$/)]]);
    }
  });

  it('says for every operation whether it needs an access token', () => {
    expect(document.components?.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
    expect(document.security).toBeUndefined();
    const odd = operations.filter(({ route, operation: { security } }) => {
      // OpenAPI 3.1 lets a scheme name the roles that it takes.
      const ofAdmins = route.includes(' /v1/admin/') ? ['[{"bearer":["admin"]}]'] : undefined;
      const ofScrapers = route === 'GET /metrics' ? ['[{"metrics":[]}]'] : undefined;
      const needed = ofAdmins ?? ofScrapers ?? ['[]', '[{"bearer":[]}]'];
      return !needed.includes(JSON.stringify(security));
    });
    expect(odd.map(({ route }) => route)).toEqual([]);
    const anonymous = operations.filter(({ operation }) => operation.security?.length === 0);
    expect(anonymous.map(({ operation }) => operation.operationId).sort()).toEqual([
      'beginPasskeySignIn',
      'completeRecovery',
      'finishSignIn',
      'getKdf',
      'getServer',
      'healthLive',
      'healthReady',
      'login',
      'openLinking',
      'openRecovery',
      'readLinking',
      'refresh',
      'register',
      'signInByPasskey',
    ]);
  });

  it('says what every operation answers: a schema or nothing on success, nothing that is not named', () => {
    for (const { route, operation } of operations) {
      const successes = Object.entries(operation.responses).filter(([status]) => status.startsWith('2'));
      expect([route, successes.length > 0]).toEqual([route, true]);
      for (const [status, { content, description, headers }] of successes) {
        const hasBody = Object.keys(content ?? {}).length > 0;
        expect([route, status, hasBody, description]).toEqual([
          route,
          status,
          status !== '204' && !ANSWERED_IN_HEADERS.includes(operation.operationId),
          expect.stringMatching(/^[A-Z].+\.$/),
        ]);
        expect(Object.keys(headers)).toEqual(expect.arrayContaining(COMMON_HEADERS));
      }
      expect(Object.keys(operation.responses).filter((status) => !/^(20[0146]|4\d\d|50[037])$/.test(status))).toEqual(
        [],
      );
    }
  });

  it('says which problems every operation answers, each under its status and with an example', () => {
    for (const { route, operation } of operations) {
      const codes: string[] = [];
      for (const [status, reference] of Object.entries(operation.responses).filter(([one]) => !one.startsWith('2'))) {
        const response = contract.resolve(reference);
        const { schema, examples = {} } = response.content!['application/problem+json']!;
        const ofStatus = response['x-problem-codes']!;
        expect(schema).toEqual({ $ref: '#/components/schemas/ProblemDto' });
        expect([route, ...ofStatus.map((code) => PROBLEMS[code].status)]).toEqual([
          route,
          ...ofStatus.map(() => Number(status)),
        ]);
        const shown = Object.values(examples).map((example) =>
          contract.resolve(example as { value: { code: string } }),
        );
        expect(shown.map(({ value }) => value.code)).toEqual([...ofStatus]);
        expect(Object.keys(response.headers)).toEqual(expect.arrayContaining(COMMON_HEADERS));
        codes.push(...ofStatus);
      }
      expect([route, codes]).toEqual([route, expect.arrayContaining(['rate_limited', 'internal', 'unavailable'])]);
      expect([route, codes.includes('invalid_token')]).toEqual([route, operation.security!.length > 0]);
      const takesBody = !/^(GET|HEAD) /.test(route);
      const takesAnything = takesBody || (operation.parameters ?? []).length > 0;
      expect([route, codes.includes('invalid_request')]).toEqual([route, takesAnything]);
      expect([route, codes.includes('payload_too_large'), codes.includes('unsupported_media_type')]).toEqual([
        route,
        takesBody,
        takesBody,
      ]);
    }
    expect(document.components?.schemas?.ProblemDto).toMatchObject({
      properties: { code: { 'x-extensible-enum': [...ERROR_CODES] } },
    });
  });

  it('says when who is limited may come back, and how a token is shown', () => {
    const responses = document.components?.responses as Readonly<Record<string, Response>>;
    expect(responses.RateLimited?.headers['Retry-After']?.required).toBe(true);
    expect(responses.Unavailable?.headers).toHaveProperty('Retry-After');
    expect(responses.InvalidToken?.headers['WWW-Authenticate']?.required).toBe(true);
  });

  it('shows an example of every body, as its schema wants it', () => {
    const bodies = [...objectsIn(document.paths), ...objectsIn(document.components?.responses)].filter(
      ({ path, object }) => /\/content\/[^/]+\/(json|problem\+json)$/.test(path) && 'schema' in object,
    );
    expect(bodies.length).toBeGreaterThan(80);
    for (const { path, object } of bodies) {
      const { schema, example, examples = {} } = object as unknown as Media;
      const named = Object.values(examples).map((one) => contract.resolve(one as { value: unknown }).value);
      const all = example === undefined ? named : [example];
      expect([path, all.length > 0]).toEqual([path, true]);
      for (const one of all) expect([path, ...contract.mistakes(schema, one)]).toEqual([path]);
    }
  });

  it('describes every parameter of every path, with its bounds', () => {
    for (const { route, path, operation } of operations) {
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
      expect([route, inPath.map(({ name }) => `{${name}}`).sort()]).toEqual([
        route,
        (path.match(/\{\w+\}/g) ?? []).sort(),
      ]);
      for (const { name, schema = {} } of operation.parameters ?? [])
        expect([route, name, ['pattern', 'maximum', 'maxLength', 'enum'].some((bound) => bound in schema)]).toEqual([
          route,
          name,
          true,
        ]);
    }
  });

  it('refers to nothing that it does not have, and has nothing that nobody refers to', () => {
    const references = [...objectsIn(document)].flatMap(({ object: { $ref } }) =>
      typeof $ref === 'string' ? [$ref] : [],
    );
    const { securitySchemes: _bySecurity, ...components } = document.components ?? {};
    const names = Object.entries(components).flatMap(([kind, parts]) =>
      Object.keys(parts as object).map((name) => `#/components/${kind}/${name}`),
    );
    expect([...new Set(references)].filter((reference) => !names.includes(reference))).toEqual([]);
    expect(names.filter((name) => !references.includes(name))).toEqual([]);
  });

  it('says "or null" by a list of types, refers without a wrapper, and names integers of 64 bits', () => {
    const schemas: Record<string, unknown>[] = [...objectsIn(document)].map(({ path, object }) => ({
      path,
      ...object,
    }));
    expect(schemas.filter((schema) => 'anyOf' in schema || 'allOf' in schema).map(({ path }) => path)).toEqual([]);
    const nullable = schemas.filter(({ type }) => Array.isArray(type));
    expect(nullable.length).toBeGreaterThan(10);
    for (const { path, type, enum: values = [null] } of nullable)
      expect([path, (type as string[])[1], (values as unknown[]).includes(null)]).toEqual([path, 'null', true]);
    const large = schemas.filter(({ maximum }) => typeof maximum === 'number' && maximum >= 2 ** 31);
    expect(large.length).toBeGreaterThan(10);
    expect(large.filter(({ format }) => format !== 'int64').map(({ path }) => path)).toEqual([]);
  });

  it('tells shapes apart by the values of a field, not by the names of the shapes', () => {
    const choices = [...objectsIn(document)].filter(({ object }) => 'discriminator' in object);
    expect(choices.length).toBeGreaterThan(2);
    for (const { path, object } of choices) {
      const { oneOf, discriminator } = object as unknown as {
        oneOf: { $ref: string }[];
        discriminator: { propertyName: string; mapping: Record<string, string> };
      };
      const tags = oneOf.flatMap(({ $ref }) => {
        const { properties } = contract.resolve<{ properties: Record<string, { enum: string[] }> }>({ $ref });
        return properties[discriminator.propertyName]!.enum.map((value) => [value, $ref]);
      });
      expect([path, discriminator.mapping]).toEqual([path, Object.fromEntries(tags)]);
    }
  });

  it('bounds every text, list and number that is sent to the relay', () => {
    const bodies = operations
      .flatMap(({ operation }) => [...objectsIn(operation)])
      .filter(({ path }) => path.endsWith('/requestBody'));
    expect(bodies.length).toBeGreaterThan(10);
    const boundless = requestSchemas().flatMap((name) =>
      [...objectsIn(document.components?.schemas?.[name], name)].filter(({ object }) => isBoundless(object)),
    );
    expect(boundless.map(({ path }) => path)).toEqual([]);
  });

  it('is made of schemas that a validator of JSON Schema 2020-12 understands', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'urn:sealpost:document', components: document.components });
    for (const name of Object.keys(document.components?.schemas ?? {}))
      expect(() => ajv.compile({ $ref: `urn:sealpost:document#/components/schemas/${name}` })).not.toThrow();
  });

  it('comes out the same each time', async () => {
    expect(JSON.stringify(await relayOpenApi())).toBe(JSON.stringify(document));
  });
});

/** The schemas that requests are made of, with those within them. */
function requestSchemas(): string[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    for (const { object } of objectsIn(value)) {
      const name = typeof object.$ref === 'string' ? object.$ref.split('/').at(-1)! : undefined;
      if (name === undefined || found.has(name)) continue;
      found.add(name);
      visit(document.components?.schemas?.[name]);
    }
  };
  for (const { operation } of operations) visit((operation as { requestBody?: unknown }).requestBody);
  return [...found];
}

function isBoundless({ type, ...schema }: Record<string, unknown>): boolean {
  const isMade = ['enum', 'pattern', 'maxLength'].some((bound) => bound in schema);
  if (type === 'string') return !isMade;
  if (type === 'integer') return !('maximum' in schema);
  if (type === 'array') return !('maxItems' in schema);
  return false;
}
