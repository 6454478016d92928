import { Ajv, type ErrorObject, type FuncKeywordDefinition, type ValidateFunction } from 'ajv';
import { type FieldError, InvalidRequest } from '../errors/refusal.js';
import { fieldsOf, type FieldSchema, type Shape } from './fields.js';

/** Canonical base64url without padding: one text per byte string, so that what is stored reads back the same. */
export function isBase64Url(text: string): boolean {
  const rest = text.length % 4;
  if (rest === 1 || !/^[\w-]*$/.test(text)) return false;
  if (rest === 0) return true;
  // The last character's low bits carry nothing; they must be zero.
  return (rest === 2 ? 'AQgw' : 'AEIMQUYcgkosw048').includes(text.charAt(text.length - 1));
}

/**
 * `[min, max]` characters of a text whose format allows ASCII only. `maxLength` counts code points one by one, which for a
 * ciphertext takes longer than every other check of a message.
 */
const ASCII_LENGTH: FuncKeywordDefinition = {
  keyword: 'asciiLength',
  type: 'string',
  schemaType: 'array',
  error: { message: ({ schema }) => `must have ${(schema as number[]).join(' to ')} characters` },
  compile:
    ([min = 0, max = 0]: number[]) =>
    (text: string) =>
      text.length >= min && text.length <= max,
};

function compiler(): Ajv {
  const ajv = new Ajv({
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
    ownProperties: true,
    discriminator: true,
  });
  ajv.addFormat('base64url', isBase64Url);
  ajv.addKeyword(ASCII_LENGTH);
  // The pattern beside it checks the same, and more strictly.
  ajv.addFormat('uuid', true);
  ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
  return ajv;
}

const ajv = compiler();

interface CompiledShape {
  readonly validate: ValidateFunction;
  /** Fields whose value a query or a path carries as text. */
  readonly texts: readonly { readonly name: string; readonly type: 'integer' | 'boolean' }[];
}

const compiled = new Map<Shape, CompiledShape>();

/**
 * Checks a value against the fields of a shape, with a function compiled once per shape. The values of queries and paths
 * arrive as text: numbers and flags among them are converted in place.
 * @throws {InvalidRequest} naming the field that is wrong; never quoting its value.
 */
export function assertShape(shape: Shape, value: unknown, source: 'body' | 'query'): void {
  let known = compiled.get(shape);
  if (known === undefined) compiled.set(shape, (known = compile(shape)));
  const { validate, texts } = known;
  if (source === 'query') readTexts(texts, value as Record<string, unknown>);
  if (!validate(value)) throw new InvalidRequest((validate.errors ?? []).map(fieldError));
}

function compile(shape: Shape): CompiledShape {
  const texts = [...fieldsOf(shape)].flatMap(
    ([
      name,
      {
        schema: { type },
      },
    ]) => (type === 'integer' || type === 'boolean' ? [{ name, type } as const] : []),
  );
  return { validate: ajv.compile(schemaOf(shape)), texts };
}

/** Not left to Ajv, which would make a number of `Infinity`, and then find it within all bounds. */
function readTexts(texts: CompiledShape['texts'], values: Record<string, unknown>): void {
  for (const { name, type } of texts) {
    const text = values[name];
    if (typeof text !== 'string') continue;
    if (type === 'integer' && /^-?\d{1,16}$/.test(text)) values[name] = Number(text);
    if (type === 'boolean' && /^(true|false)$/.test(text)) values[name] = text === 'true';
  }
}

/** The JSON Schema of a shape: nothing but its declared fields is allowed. */
function schemaOf(shape: Shape): object {
  const fields = [...fieldsOf(shape)];
  return {
    type: 'object',
    additionalProperties: false,
    required: fields.filter(([, { optional }]) => !optional).map(([name]) => name),
    properties: Object.fromEntries(fields.map(([name, { schema }]) => [name, inline(schema)])),
  };
}

function inline(schema: FieldSchema): object {
  const { shape, items, either, ...plain } = schema;
  if (either !== undefined)
    return { type: 'object', discriminator: { propertyName: either.tag }, oneOf: either.shapes.map(schemaOf) };
  if (shape !== undefined) return { ...schemaOf(shape()), ...(schema.type === undefined ? {} : { type: schema.type }) };
  if (schema.format === 'base64url') return asciiOnly(plain);
  return items === undefined ? plain : { ...plain, items: inline(items) };
}

function asciiOnly({ minLength = 0, maxLength = 0, ...rest }: FieldSchema): object {
  return { ...rest, asciiLength: [minLength, maxLength] };
}

function fieldError(error: ErrorObject): FieldError {
  const extra: unknown = error.params.additionalProperty;
  const path = typeof extra === 'string' ? `${error.instancePath}/${extra.slice(0, 64)}` : error.instancePath;
  return { path, message: error.message ?? 'is not valid' };
}
