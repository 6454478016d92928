import type { ContractDocument, DocumentedResponse } from './contract-document.js';

/** What a relay was asked, and what it answered. */
export interface Exchange {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const OCTETS = 'application/octet-stream';
const PROBLEM = 'application/problem+json';
const PROBLEM_SCHEMA = { $ref: '#/components/schemas/ProblemDto' };

/** What a relay serves beside the routes that its contract describes. */
const BESIDES = /^\/(openapi\.json|asyncapi\.json|docs(\/.*)?)$/;

/** Refusals of what never reaches a route. */
const UNROUTED_CODES = [
  'not_found',
  'invalid_request',
  'payload_too_large',
  'unsupported_media_type',
  'unsupported_protocol',
];

/** Headers of HTTP itself, of CORS, of tus, and for browsers. They are the same for every route, and say nothing of what it did. */
const HEADERS_BESIDES = new Set([
  ...['connection', 'content-length', 'content-type', 'date', 'keep-alive', 'transfer-encoding', 'vary'],
  ...['access-control-allow-credentials', 'access-control-allow-origin', 'access-control-expose-headers'],
  ...['tus-resumable', 'tus-version'],
  ...['content-security-policy', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'referrer-policy'],
  ...['strict-transport-security', 'x-content-type-options', 'x-frame-options'],
]);

/** Everything in an answer that the contract does not describe: of its status, its headers, its type, its body and its code. */
export function mistakesIn(contract: ContractDocument, exchange: Exchange): string[] {
  const { method, path, status } = exchange;
  // Answered for browsers, before any route.
  if (method === 'OPTIONS') return [];
  const operation = contract.operation(method, path);
  if (operation === undefined) return BESIDES.test(path) ? [] : mistakesUnrouted(contract, exchange);
  const documented = operation.responses[String(status)];
  if (documented === undefined) return [`has no status ${status}`];
  const response = contract.resolve<DocumentedResponse>(documented);
  return [...mistakesInHeaders(contract, response, exchange), ...mistakesInBody(contract, response, exchange)];
}

function mistakesUnrouted(contract: ContractDocument, exchange: Exchange): string[] {
  return mistakesInBody(
    contract,
    { content: { [PROBLEM]: { schema: PROBLEM_SCHEMA } }, 'x-problem-codes': UNROUTED_CODES },
    exchange,
  );
}

function mistakesInHeaders(contract: ContractDocument, response: DocumentedResponse, { headers }: Exchange): string[] {
  const documented = Object.entries(response.headers ?? {}).map(
    ([name, header]) => [name.toLowerCase(), contract.resolve(header)] as const,
  );
  const known = new Set(documented.map(([name]) => name));
  const unknown = [...headers.keys()].filter((name) => !known.has(name) && !HEADERS_BESIDES.has(name));
  return [
    ...unknown.map((name) => `has no header ${name}`),
    ...documented.flatMap(([name, { required = false, schema }]) => {
      const value = headers.get(name);
      if (value === null) return required ? [`always has a header ${name}`] : [];
      return contract.mistakes(schema, asDeclared(schema, value)).map((mistake) => `header ${name}:${mistake}`);
    }),
  ];
}

/** A header's text, as the value that its schema is about. */
function asDeclared(schema: object, text: string): unknown {
  const isNumber = 'type' in schema && schema.type === 'integer' && /^\d+$/.test(text);
  return isNumber ? Number(text) : text;
}

function mistakesInBody(contract: ContractDocument, response: DocumentedResponse, exchange: Exchange): string[] {
  const { method, headers, text } = exchange;
  const type = headers.get('content-type')?.split(';')[0];
  if (response.content === undefined) return text === '' && type === undefined ? [] : ['has no body'];
  if (method === 'HEAD') return text === '' ? [] : ['has no body'];
  const documented = response.content[type ?? ''];
  if (documented === undefined) return [`has no type ${type ?? '(none)'}`];
  // Of ciphertext there is nothing to be said.
  return type === OCTETS ? [] : mistakesInJson(contract, response, { ...exchange, schema: documented.schema, type });
}

function mistakesInJson(
  contract: ContractDocument,
  response: DocumentedResponse,
  exchange: Exchange & { readonly schema: object; readonly type: string | undefined },
): string[] {
  const body = parsed(exchange.text);
  if (body === undefined) return ['is JSON'];
  return [
    ...contract.mistakes(exchange.schema, body),
    ...(exchange.type === PROBLEM ? mistakesInProblem(response, body as object, exchange) : []),
  ];
}

function mistakesInProblem(response: DocumentedResponse, problem: object, { status, headers }: Exchange): string[] {
  const { code, status: inBody, retryAfterSeconds } = problem as Readonly<Record<string, unknown>>;
  const codes = response['x-problem-codes'] ?? [];
  const retryAfter = headers.get('retry-after');
  const isRepeated = retryAfter === (typeof retryAfterSeconds === 'number' ? String(retryAfterSeconds) : null);
  return [
    ...(codes.includes(String(code)) ? [] : [`has no code ${String(code)} with status ${status}`]),
    ...(inBody === status ? [] : [`has the status ${status} in its body`]),
    ...(isRepeated ? [] : [`has the same in retry-after as in retryAfterSeconds`]),
  ];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
