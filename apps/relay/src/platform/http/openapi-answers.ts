import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { ERROR_CODES, type ErrorCode, PROTOCOL_RANGE, PROTOCOL_VERSION, UUID_PATTERN } from '#protocol';
import { type Problem, problemOf, PROBLEMS } from '../errors/problem.js';
import { ADMIN_ROLE } from './caller.js';
import { ProblemDto } from './problem.dto.js';
import { REFUSALS } from './refuses.js';

type Components = NonNullable<OpenAPIObject['components']>;
type Headers = NonNullable<Components['headers']>;
type Operation = NonNullable<OpenAPIObject['paths'][string]['get']> & { [REFUSALS]?: readonly ErrorCode[] };
type Response = Exclude<NonNullable<Components['responses']>[string], { $ref: string }>;

/** Which codes a problem response may have; its examples show one of each. */
const PROBLEM_CODES = 'x-problem-codes';

const METHODS = ['get', 'head', 'put', 'post', 'delete', 'patch'] as const;
const WITHOUT_BODY: readonly string[] = ['get', 'head'] satisfies (typeof METHODS)[number][];

const COMMON_HEADERS = {
  'Sealpost-Protocol': {
    description:
      'The version of the protocol that this relay speaks. A request may name the one that its client speaks in a header of this name, too.',
    required: true,
    schema: { type: 'string', enum: [PROTOCOL_VERSION] },
  },
  'X-Request-Id': {
    description: 'What the log of the relay calls this request.',
    required: true,
    schema: { type: 'string', format: 'uuid', pattern: UUID_PATTERN },
  },
  'Cache-Control': {
    description: 'Nothing that the relay answers is to be kept by a cache.',
    required: true,
    schema: { type: 'string', enum: ['no-store'] },
  },
} as const satisfies Headers;

const RETRY_AFTER = {
  description: 'Seconds after which trying again makes sense; the same as `retryAfterSeconds`.',
  schema: { type: 'integer', minimum: 0, maximum: 2_147_483_647 },
} as const;

const HEADERS_OF_STATUS: Readonly<Record<string, Headers>> = {
  401: {
    'WWW-Authenticate': {
      description: 'How to sign requests.',
      required: true,
      schema: { type: 'string', enum: ['Bearer'] },
    },
  },
  416: {
    'Content-Range': {
      description: 'How many bytes there are.',
      required: true,
      schema: { type: 'string', pattern: '^bytes \\*/\\d+$' },
    },
  },
  429: { 'Retry-After': { ...RETRY_AFTER, required: true } },
  503: { 'Retry-After': { ...RETRY_AFTER, required: true } },
  507: { 'Retry-After': { ...RETRY_AFTER, required: true } },
};

/** Nobody knows when there will be room: that is for people to decide. */
const WITHOUT_END: readonly ErrorCode[] = ['account_quota_exceeded', 'attachment_quota_exceeded'];
const RETRY_AFTER_UNLESS_WITHOUT_END = {
  ...RETRY_AFTER,
  description: `${RETRY_AFTER.description} Not with a quota of which nobody knows when there will be room.`,
};

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  200: 'The answer.',
  201: 'It was made.',
  204: 'It was done. There is nothing to tell.',
};

/** What makes an example more than its code says. */
const EXAMPLE_DETAILS: Readonly<Partial<Record<ErrorCode, Partial<Problem>>>> = {
  invalid_request: {
    detail: 'The request does not have the documented form.',
    errors: [{ path: '/limit', message: 'must be <= 200' }],
  },
  rate_limited: { detail: 'Too many requests of this kind.', retryAfterSeconds: 3 },
  precondition_failed: { detail: 'Another version is the current one.', currentVersion: 3 },
  unsupported_protocol: { detail: 'The relay does not speak this version of the protocol.', supported: PROTOCOL_RANGE },
  storage_full: { detail: 'The relay has no room for attachments.', retryAfterSeconds: 60 },
  unavailable: { detail: 'The relay cannot serve this right now.', retryAfterSeconds: 1 },
};

/** Says of every operation all it can answer: the headers of its replies, and each status with the problems behind it. */
export function addAnswers(document: OpenAPIObject): void {
  for (const item of Object.values(document.paths))
    for (const method of METHODS) {
      const operation = item[method];
      if (operation !== undefined) completeOperation(operation, method);
    }
  addComponents(document);
}

/** In place, and so that only what the contract has is left of what the decorators said. */
function completeOperation(operation: Operation, method: string): void {
  for (const [status, response] of Object.entries(operation.responses)) {
    if (response === undefined || '$ref' in response) continue;
    response.description = response.description === '' ? (DESCRIPTIONS[status] ?? '') : response.description;
    response.headers = { ...references(Object.keys(COMMON_HEADERS)), ...response.headers };
  }
  for (const codes of byStatus(codesOf(operation, method))) {
    const [only, ...others] = codes;
    operation.responses[String(PROBLEMS[only].status)] =
      others.length === 0 ? { $ref: `#/components/responses/${nameOf(only)}` } : problemResponse(codes);
  }
  // Says that no token is needed, which is not the same as saying nothing.
  operation.security ??= [];
  Reflect.deleteProperty(operation, REFUSALS);
}

/** Every code that an operation can answer, by what it is and by what its route declares. */
function codesOf(operation: Operation, method: string): ErrorCode[] {
  const { security = [], parameters = [], [REFUSALS]: declared = [] } = operation;
  const takesBody = !WITHOUT_BODY.includes(method);
  const codes = new Set<ErrorCode>(['rate_limited', 'internal', 'unavailable', 'unsupported_protocol', ...declared]);
  if (security.length > 0) codes.add('invalid_token');
  if (security.some((schemes) => Object.values(schemes).flat().includes(ADMIN_ROLE))) {
    codes.add('forbidden');
    if (takesBody) codes.add('mfa_required').add('mfa_not_set_up');
  }
  if (takesBody || parameters.length > 0) codes.add('invalid_request');
  // Whatever comes along as a body is read before anybody asks whether the route wants one.
  if (takesBody) codes.add('payload_too_large').add('unsupported_media_type');
  return ERROR_CODES.filter((code) => codes.has(code));
}

type Codes = readonly [ErrorCode, ...ErrorCode[]];

function byStatus(codes: readonly ErrorCode[]): Codes[] {
  const groups = new Map<number, [ErrorCode, ...ErrorCode[]]>();
  for (const code of codes) {
    const group = groups.get(PROBLEMS[code].status);
    if (group === undefined) groups.set(PROBLEMS[code].status, [code]);
    else group.push(code);
  }
  return [...groups.values()];
}

function problemResponse(codes: Codes): Response {
  const { status } = PROBLEMS[codes[0]];
  const titles = codes.map((code) => `\`${code}\` (${PROBLEMS[code].title.toLowerCase()})`);
  const examples = codes.map((code) => [code, { $ref: `#/components/examples/${code}` }]);
  return {
    description: `Refused: ${titles.join(', ')}.`,
    headers: { ...references(Object.keys(COMMON_HEADERS)), ...headersOf(status, codes) },
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(ProblemDto) },
        examples: Object.fromEntries(examples) as Record<string, { $ref: string }>,
      },
    },
    ...{ [PROBLEM_CODES]: codes },
  };
}

/** Who is to wait is told how long, if anybody knows. */
function headersOf(status: number, codes: Codes): Headers {
  if (codes.some((code) => WITHOUT_END.includes(code))) return { 'Retry-After': RETRY_AFTER_UNLESS_WITHOUT_END };
  return HEADERS_OF_STATUS[String(status)] ?? {};
}

function references(names: readonly string[]): Headers {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function exampleOf(code: ErrorCode): Problem & { requestId: string } {
  return { ...problemOf(code), ...EXAMPLE_DETAILS[code], requestId: '0d3c9ef4-1b7b-4a6e-8f0e-2a1c64a0c1f7' };
}

/** `not_found` → `NotFound`. */
function nameOf(code: ErrorCode): string {
  return code.replaceAll(/(?:^|_)(\w)/g, (_all, first: string) => first.toUpperCase());
}

/** Only what is referred to: some codes are answered beside others only, and some on sockets only. */
function addComponents(document: OpenAPIObject): void {
  const components = (document.components ??= {});
  const paths = JSON.stringify(document.paths);
  const alone = ERROR_CODES.filter((code) => paths.includes(`"#/components/responses/${nameOf(code)}"`));
  components.responses = Object.fromEntries(alone.map((code) => [nameOf(code), problemResponse([code])]));
  const answers = paths + JSON.stringify(components.responses);
  const shown = ERROR_CODES.filter((code) => answers.includes(`"#/components/examples/${code}"`));
  components.examples = Object.fromEntries(shown.map((code) => [code, { value: exampleOf(code) }]));
  components.headers = { ...COMMON_HEADERS };
}
