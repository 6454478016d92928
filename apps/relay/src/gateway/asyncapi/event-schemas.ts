import type { INestApplication } from '@nestjs/common';
import { CLIENT_EVENTS } from '#protocol';
import { type OpenApiSchema, schemasOf } from '../../platform/http/openapi.js';
import { ProblemDto } from '../../platform/http/problem.dto.js';
import { CLIENT_EVENT_TABLE } from '../client-event-table.js';
import { HANDSHAKE } from '../handshake-contract.js';
import { PUSH_TABLE } from '../push-table.js';
import { type JsonSchema, schemaRef } from './asyncapi-document.js';
import { HANDSHAKE_REFUSAL, refusalsOf } from './event-refusals.js';
import { acceptedName, capitalised, refusedName } from './names.js';

type Schemas = Record<string, JsonSchema>;

/** The schemas of all that is sent, acknowledged and pushed: from the same declarations as those of the OpenAPI document. */
export function eventSchemas(app: INestApplication): Schemas {
  const contracts = Object.values(CLIENT_EVENT_TABLE);
  const carried = [
    ...contracts.map(({ body }) => body),
    ...Object.values(PUSH_TABLE).map(({ payload }) => payload),
    HANDSHAKE.auth,
    ProblemDto,
  ];
  const schemas = mapped(schemasOf(app, [...carried, ...contracts.map(({ reply }) => reply)]));
  const made = acknowledgements(schemas);
  const roots = [...carried.map(({ name }) => name), ...Object.keys(made)];
  return reachable({ ...schemas, ...made }, roots);
}

function acknowledgements(schemas: Schemas): Schemas {
  const made: Schemas = {
    [HANDSHAKE_REFUSAL]: problemWith(Object.keys(HANDSHAKE.refusals)),
  };
  for (const event of CLIENT_EVENTS) {
    const { reply } = CLIENT_EVENT_TABLE[event];
    made[capitalised(acceptedName(event))] = accepted(schemas[reply.name]);
    made[capitalised(refusedName(event))] = refused(Object.keys(refusalsOf(event)));
  }
  return made;
}

function accepted({ properties = {}, required = [] }: JsonSchema = {}): JsonSchema {
  const ok = { type: 'boolean', const: true, description: 'The event is done.' };
  return { type: 'object', properties: { ok, ...properties }, required: ['ok', ...required] };
}

function refused(codes: readonly string[]): JsonSchema {
  const ok = { type: 'boolean', const: false, description: 'The event is refused.' };
  const error = { description: 'Why it is refused.', ...problemWith(codes) };
  return { type: 'object', properties: { ok, error }, required: ['ok', 'error'] };
}

function problemWith(codes: readonly string[]): JsonSchema {
  // A validator passes over what stands beside a reference, so it is wrapped.
  return { allOf: [schemaRef(ProblemDto.name)], 'x-problem-codes': codes };
}

/** The schemas that are referred to, by name from the roots on; a shape that only lent its fields is not. */
function reachable(schemas: Schemas, roots: readonly string[]): Schemas {
  const found = new Set(roots);
  for (const name of found)
    for (const [, inner = ''] of JSON.stringify(schemas[name]).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      found.add(inner);
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)));
}

/** A schema of OpenAPI 3.1 is one of JSON Schema, but for its `example`. */
function jsonSchema(schema: OpenApiSchema): JsonSchema {
  // What stands beside a reference is for people; validators pass over it.
  if ('$ref' in schema) return { ...schema };
  const { properties, items, additionalProperties: others, allOf, anyOf, oneOf, ...plain } = schema;
  return {
    ...withExamples(plain),
    ...(properties && { properties: mapped(properties) }),
    ...(items && { items: jsonSchema(items) }),
    ...(others !== undefined && { additionalProperties: typeof others === 'boolean' ? others : jsonSchema(others) }),
    ...(allOf && { allOf: allOf.map(jsonSchema) }),
    ...(anyOf && { anyOf: anyOf.map(jsonSchema) }),
    ...(oneOf && { oneOf: oneOf.map(jsonSchema) }),
  };
}

function withExamples({ example, ...schema }: { readonly example?: unknown }): JsonSchema {
  return example === undefined ? schema : { ...schema, examples: [example] };
}

function mapped(schemas: Readonly<Record<string, OpenApiSchema>>): Schemas {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, jsonSchema(schema)]));
}
