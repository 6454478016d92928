import type { OpenAPIObject } from '@nestjs/swagger';

type Schema = Record<string, unknown>;
type Schemas = Record<string, object>;

const REFERENCE = '#/components/schemas/';
const MAX_INT32 = 2 ** 31 - 1;

/**
 * Brings the schemas that Swagger makes into the forms that generators of clients take. All of it stays the same JSON
 * Schema; the tests of openapi.json know each form.
 */
export function settleSchemas(document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Schemas;
  const nullable = new Set<string>();
  for (const part of [document.paths, schemas]) settle(part, nullable);
  for (const name of nullable) schemas[nullableName(name)] = { ...schemas[name], type: ['object', 'null'] };
  const text = JSON.stringify(document);
  for (const name of nullable) if (!text.includes(`"${REFERENCE}${name}"`)) Reflect.deleteProperty(schemas, name);
}

function settle(value: unknown, nullable: Set<string>): void {
  if (typeof value !== 'object' || value === null) return;
  for (const inner of Object.values(value)) settle(inner, nullable);
  const schema = value as Schema;
  unwrapReference(schema);
  mergeNull(schema, nullable);
  widenInteger(schema);
}

/** OpenAPI 3.1 lets a reference have a description. Swagger still wraps it, of which generators make types of their own. */
function unwrapReference(schema: Schema): void {
  const { allOf } = schema;
  if (!Array.isArray(allOf) || allOf.length !== 1) return;
  Object.assign(schema, allOf[0]);
  delete schema.allOf;
}

/** Swagger cannot say "or null" by a list of types; what it says instead, generators for Swift leave out without a word. */
function mergeNull(schema: Schema, nullable: Set<string>): void {
  const { anyOf } = schema;
  if (!Array.isArray(anyOf)) return;
  const [own, other] = anyOf as Schema[];
  if (own === undefined || anyOf.length !== 2 || other?.type !== 'null') return;
  delete schema.anyOf;
  if (typeof own.$ref === 'string') {
    const name = own.$ref.slice(REFERENCE.length);
    nullable.add(name);
    schema.$ref = REFERENCE + nullableName(name);
    return;
  }
  const values = Array.isArray(own.enum) ? { enum: [...(own.enum as unknown[]), null] } : {};
  Object.assign(schema, own, { type: [own.type, 'null'] }, values);
}

/** Generators take an integer for one of 32 bits unless they are told. */
function widenInteger(schema: Schema): void {
  const { type, maximum } = schema;
  const isInteger = type === 'integer' || (Array.isArray(type) && type.includes('integer'));
  if (isInteger && typeof maximum === 'number' && maximum > MAX_INT32) schema.format = 'int64';
}

function nullableName(name: string): string {
  return `Nullable${name}`;
}
