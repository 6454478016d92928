import { type ErrorCode, LIMITS } from '#protocol';
import { call, type Reply, type TestRelay } from '#testing';
import { PROBLEMS } from '../apps/relay/src/platform/errors/problem.js';

/** One operation of the OpenAPI document. */
export interface Operation {
  readonly method: string;
  /** With its parameters in braces. */
  readonly path: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly isAnonymous: boolean;
  /** In JSON: what is uploaded as it is, is something else. */
  readonly hasBody: boolean;
  readonly queries: readonly string[];
}

interface DocumentedOperation {
  readonly operationId: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
}

interface OpenApiPaths {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

/** Every operation that a relay says it has. */
export async function operationsOf(relay: TestRelay): Promise<Operation[]> {
  const { body } = await call(relay, 'GET', '/openapi.json');
  return Object.entries((body as OpenApiPaths).paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, { operationId, tags = [], security = [], requestBody, parameters = [] }]) => ({
        method: method.toUpperCase(),
        path,
        operationId,
        tags,
        isAnonymous: security.length === 0,
        hasBody: requestBody !== undefined && 'application/json' in requestBody.content,
        queries: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      }),
    ),
  );
}

/** The code of a refusal. One of a HEAD has no body: there its status has to be that of the code that is expected. */
export function codeOf(method: string, { status, body }: Reply, expected: ErrorCode): string | undefined {
  if (method !== 'HEAD') return (body as { code?: string } | undefined)?.code;
  return status === PROBLEMS[expected].status ? expected : undefined;
}

/** Those whose body may be larger than any other's: it carries commits. */
const CARRY_COMMITS = ['sendCommit', 'repairGroupInfo'];

/** How many bytes the body of an operation may have. */
export function largestBody(operationId: string): number {
  return CARRY_COMMITS.includes(operationId) ? LIMITS.commitBodyBytes : LIMITS.bodyBytes;
}

/** For parameters that have no value of their own. */
const PLACEHOLDERS: Readonly<Record<string, string>> = { slotId: 'q83vEjRWeJCrze8SNFZ4kA' };

/** A path with values for its parameters; names without one get `rest`, or what they may be. */
export function filled(path: string, values: Readonly<Record<string, string>>, rest?: string): string {
  return path.replace(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? rest ?? PLACEHOLDERS[name] ?? 'ada');
}
