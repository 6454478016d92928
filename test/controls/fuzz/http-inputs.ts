import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Seeded } from '#testing';
import { filled } from '../../operations.js';
import { anyText, mutated, torn } from './mutations.js';
import { type Recipe, recipeFor } from './recipes.js';
import { type Body, type Schema, type SchemaDocument, SchemaValues } from './schema-values.js';
import type { Asker, World } from './world.js';

/** How an input was made. */
type Intent = 'valid' | 'edge' | 'mutated' | 'torn' | 'typed' | 'twisted';

/** Most inputs are near enough to what is allowed that they are not refused at the door. */
const FREQUENCIES: readonly Intent[] = [
  ...Array<Intent>(6).fill('valid'),
  ...(['edge', 'edge', 'mutated', 'mutated', 'mutated', 'mutated', 'torn', 'typed', 'twisted', 'twisted'] as const),
];

export interface HttpInput {
  readonly operationId: string;
  readonly intent: Intent;
  readonly by: Asker;
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly asked: Body;
  readonly body: Buffer | undefined;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json'?: { readonly schema: Schema } } };
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: DocumentedOperation;
}

interface OpenApiDocument extends SchemaDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

const ROOT = join(import.meta.dirname, '../../..');
const document = JSON.parse(readFileSync(join(ROOT, 'openapi.json'), 'utf8')) as OpenApiDocument;

export const ROUTES: readonly Route[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** A request of any route of the committed document: as it should be, or less and less so. */
export async function httpInput(world: World, random: Seeded): Promise<HttpInput> {
  const [route, intent] = [random.pick(ROUTES), random.pick(FREQUENCIES)];
  const recipe = await recipeFor(route.operation.operationId, world, random);
  const values = new SchemaValues(document, random, intent === 'edge');
  const asked = bodyOf(route, recipe, values);
  const input: HttpInput = {
    operationId: route.operation.operationId,
    intent,
    by: recipe.by,
    method: route.method,
    target: `${filled(route.path, recipe.values)}${queryOf(route, recipe, values)}`,
    headers: { ...jsonType(asked), ...authorization(route, recipe), ...recipe.headers },
    asked: asked ?? {},
    body: asked === undefined ? undefined : Buffer.from(JSON.stringify(asked)),
  };
  return changeFor(intent)(input, random);
}

function bodyOf({ operation: { requestBody } }: Route, recipe: Recipe, values: SchemaValues): Body | undefined {
  const json = requestBody?.content['application/json'];
  return json && { ...(values.of(json.schema) as Body), ...recipe.body };
}

function queryOf({ operation: { parameters = [] } }: Route, recipe: Recipe, values: SchemaValues): string {
  // A cursor is opaque: those that could be made up here are all refused.
  const own = parameters.filter(({ in: where, name }) => where === 'query' && name !== 'cursor');
  const query = new URLSearchParams(own.map(({ name, schema }): [string, string] => [name, String(values.of(schema))]));
  for (const [name, value] of Object.entries(recipe.query ?? {})) query.set(name, value);
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function jsonType(asked: Body | undefined): Record<string, string> {
  return asked === undefined ? {} : { 'content-type': 'application/json' };
}

function authorization({ operation: { security = [] } }: Route, { by }: Recipe): Record<string, string> {
  return security.length === 0 ? {} : { authorization: `Bearer ${by.token}` };
}

type Change = (input: HttpInput, random: Seeded) => HttpInput;

function changeFor(intent: Intent): Change {
  switch (intent) {
    case 'valid':
    case 'edge':
      return (input) => input;
    case 'mutated':
      return mutate;
    case 'torn':
      return (input, random) => ({ ...withBody(input), body: torn(input.asked, random) });
    case 'typed':
      return retype;
    case 'twisted':
      return twist;
  }
}

function withBody(input: HttpInput): HttpInput {
  return { ...input, headers: { 'content-type': 'application/json', ...input.headers } };
}

function mutate(input: HttpInput, random: Seeded): HttpInput {
  if (input.body === undefined) return twist(input, random);
  const text = JSON.stringify(mutated(input.asked, random)) as string | undefined;
  return { ...input, body: Buffer.from(text ?? '') };
}

const CONTENT_TYPES = [
  ...['text/plain', 'text/html', 'application/xml', 'application/octet-stream', 'application/x-www-form-urlencoded'],
  ...[
    'multipart/form-data',
    'multipart/form-data; boundary=x',
    'application/json; charset=utf-16',
    'application/json;charset=latin1',
  ],
  ...[
    'application/json; charset="utf-8"',
    'APPLICATION/JSON',
    'Application/Json; Charset=UTF-8',
    'application/json;',
    'application/json; ;;',
  ],
  ...[
    'application/jsonx',
    'application/json+x',
    'application/vnd.api+json',
    'application/problem+json',
    'text/json',
    '*/*',
    'application/*',
  ],
  ...[
    'application/json, text/html',
    'application /json',
    'application/json/x',
    'json',
    '/',
    ';',
    '',
    ' ',
    '"',
    'application/json\u00a0',
  ],
  ...[
    'application/json; x=' + 'y'.repeat(4_000),
    'a/b'.repeat(500),
    '__proto__',
    'constructor/prototype',
    'application/json; __proto__=1',
  ],
];

const ODD_HEADERS: readonly Readonly<Record<string, string>>[] = [
  ...['gzip', 'deflate', 'br', 'identity', 'gzip, gzip', 'x'].map((value) => ({ 'content-encoding': value })),
  ...['Bearer', 'Bearer ', 'Basic YTpi', 'bearer x.y.z', 'Bearer \u00ff', `Bearer ${'x'.repeat(6_000)}`].map(
    (authorization) => ({ authorization }),
  ),
  ...['null', 'http://evil.example', '*', 'http://127.0.0.1'].map((origin) => ({ origin })),
  ...[
    '__Host-sealpost-refresh=x',
    'a=b; ;; =; __proto__=1',
    '%',
    'x'.repeat(4_000),
    '__Host-sealpost-refresh=%E0%A4%A',
  ].map((cookie) => ({ cookie })),
  { 'sealpost-csrf': '1', origin: 'http://127.0.0.1', cookie: '__Host-sealpost-refresh=AAAA' },
  { 'x-forwarded-for': '1.2.3.4, ::1, x', 'x-forwarded-host': 'evil', 'x-forwarded-proto': 'javascript' },
  { 'x-http-method-override': 'DELETE', 'x-request-id': '\u001b[2J'.replace('\u001b', 'x'), accept: 'a'.repeat(2_000) },
  { expect: '200-maybe' },
  { range: 'bytes=0-0,-1', 'if-none-match': '*', 'if-modified-since': 'never' },
  { te: 'trailers', upgrade: 'h2c', connection: 'keep-alive, upgrade' },
];

/** The body as something else than JSON, or with headers that mean harm. */
function retype(input: HttpInput, random: Seeded): HttpInput {
  const type = { 'content-type': random.pick(CONTENT_TYPES) };
  const headers = random.oneIn(2)
    ? type
    : random.oneIn(2)
      ? random.pick(ODD_HEADERS)
      : { ...type, ...random.pick(ODD_HEADERS) };
  return { ...input, headers: { ...input.headers, ...headers } };
}

const TWISTED_ENDS = [
  '/',
  '//',
  '?',
  '?a',
  '?limit=1&limit=2',
  '?limit[]=1',
  '?limit=1e9',
  '?cursor=AAAA',
  '?cursor=W10',
  '?__proto__=1',
  '?x=%',
  '?x=%ff',
  ';x',
  '/..',
  '/%2e%2e',
  '#x',
  '.json',
  '%00',
  '%20',
  '?'.repeat(200),
  `?x=${'y'.repeat(8_000)}`,
];
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND', 'TRACE', 'LINK'];

/** Another path, query, method or caller. */
function twist(input: HttpInput, random: Seeded): HttpInput {
  const { target } = input;
  switch (random.between(1, 7)) {
    case 1:
      return { ...input, target: target + random.pick(TWISTED_ENDS) };
    case 2:
      return {
        ...input,
        target: withSegment(target, random, encodeURIComponent(wellFormed(anyText(random)).slice(0, 400))),
      };
    case 3:
      return {
        ...input,
        target: withSegment(
          target,
          random,
          random.pick(['%', '%zz', '%2F', '%00', '%ff', '..', '.', '', '%252e', 'a'.repeat(300), '*', ':id']),
        ),
      };
    case 4:
      return { ...input, method: random.pick(METHODS) };
    case 5:
      return {
        ...input,
        headers: {
          ...input.headers,
          authorization: random.pick(['', 'Bearer x', `Bearer ${input.by.token.slice(0, -2)}`]),
        },
      };
    case 6:
      return {
        ...input,
        target: target.replaceAll(/[a-z]/g, (letter) =>
          random.oneIn(6) ? `%${letter.charCodeAt(0).toString(16)}` : letter,
        ),
      };
    default:
      return {
        ...input,
        target: `${target}${target.includes('?') ? '&' : '?'}${encodeURIComponent(wellFormed(anyText(random)).slice(0, 400))}=${encodeURIComponent(wellFormed(anyText(random)).slice(0, 400))}`,
      };
  }
}

function withSegment(target: string, random: Seeded, segment: string): string {
  const segments = target.split('/');
  segments[random.between(1, segments.length - 1)] = segment;
  return segments.join('/');
}

/** Half a surrogate pair cannot be written in a URL. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
