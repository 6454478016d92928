import { ApiExtraModels, ApiProperty, type ApiPropertyOptions, getSchemaPath } from '@nestjs/swagger';
import { LIMITS, USERNAME_PATTERN, UUID_PATTERN, UUID_V7_PATTERN } from '#protocol';

/** JSON Schema of one field, as far as the contract uses it. */
export interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly (string | null)[];
  /** The values there are today, of a text that may have others tomorrow. */
  readonly 'x-extensible-enum'?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: FieldSchema;
  readonly additionalProperties?: FieldSchema | boolean;
  readonly propertyNames?: FieldSchema;
  readonly maxProperties?: number;
  /** The class that describes a nested object. */
  readonly shape?: () => Shape;
  /** The classes of which one describes the nested object, told apart by the value of the field `tag`. */
  readonly either?: { readonly tag: string; readonly shapes: readonly Shape[] };
}

export type Shape = abstract new () => object;

interface FieldOptions {
  readonly about: string;
  readonly example?: unknown;
  readonly optional?: boolean;
  readonly nullable?: boolean;
}

interface Field {
  readonly schema: FieldSchema;
  readonly optional: boolean;
}

const fieldsByPrototype = new Map<object, Map<string, Field>>();

/** The declared fields of a shape, inherited ones first. */
export function fieldsOf(shape: Shape): ReadonlyMap<string, Field> {
  const chain: Map<string, Field>[] = [];
  for (
    let proto: unknown = shape.prototype;
    typeof proto === 'object' && proto !== null;
    proto = Object.getPrototypeOf(proto)
  ) {
    const own = fieldsByPrototype.get(proto);
    if (own !== undefined) chain.unshift(own);
  }
  return new Map(chain.flatMap((fields) => [...fields]));
}

/**
 * Declares a field once: the OpenAPI document shows this schema, and the validator of HTTP bodies, queries and socket
 * events is compiled from it (shape-validator.ts).
 */
function field(schema: FieldSchema, options: FieldOptions): PropertyDecorator {
  const optional = options.optional ?? false;
  const whole = options.nullable === true ? nullable(schema) : schema;
  return (prototype, name) => {
    const own = fieldsByPrototype.get(prototype) ?? new Map<string, Field>();
    own.set(String(name), { schema: whole, optional });
    fieldsByPrototype.set(prototype, own);
    ApiProperty(apiOptions(whole, options))(prototype, name);
  };
}

function nullable(schema: FieldSchema): FieldSchema {
  const withNull = schema.enum === undefined ? {} : { enum: [...schema.enum, null] };
  return { ...schema, ...withNull, type: [...[schema.type ?? 'object'].flat(), 'null'] };
}

function apiOptions(schema: FieldSchema, { about, example, optional }: FieldOptions): ApiPropertyOptions {
  const described = { description: about, required: optional !== true, ...(example === undefined ? {} : { example }) };
  // @nestjs/swagger's types describe OpenAPI 3.0; the document is 3.1, where `type` may be a list.
  return { ...described, ...apiType(schema) };
}

function apiType({ shape, items, either, ...plain }: FieldSchema): object {
  if (either !== undefined) return { ...plain, ...oneOfShapes(either.tag, either.shapes) };
  if (Array.isArray(plain.type)) return orNull(shape === undefined ? plain : { $ref: getSchemaPath(shape()) });
  // Swagger recognises a type that is yet to be resolved by its being a function of this very name.
  if (shape !== undefined) return { ...plain, type: () => shape() };
  const itemShape = items?.shape;
  if (itemShape !== undefined) return { ...plain, type: () => itemShape(), isArray: true };
  return items === undefined ? plain : { ...plain, items };
}

/** Swagger takes a list of types for the type of a list. */
function orNull({ type, enum: values, ...schema }: FieldSchema & { readonly $ref?: string }): object {
  const [own] = [type ?? []].flat();
  const typed = own === undefined ? schema : { type: own, ...schema };
  const listed = values === undefined ? {} : { enum: values.filter((value) => value !== null) };
  return { anyOf: [{ ...typed, ...listed }, { type: 'null' }] };
}

/** The schema of one of several shapes, each with the values of `tag` that it goes by: without them, its name would count. */
export function oneOfShapes(
  tag: string,
  shapes: readonly Shape[],
): { oneOf: { $ref: string }[]; discriminator: { propertyName: string; mapping: Record<string, string> } } {
  const tags = shapes.flatMap((shape) =>
    (fieldsOf(shape).get(tag)?.schema.enum ?? []).map((value) => [String(value), getSchemaPath(shape)]),
  );
  return {
    oneOf: shapes.map((shape) => ({ $ref: getSchemaPath(shape) })),
    discriminator: { propertyName: tag, mapping: Object.fromEntries(tags) as Record<string, string> },
  };
}

export function Text(options: FieldOptions & { max: number; min?: number; pattern?: string }): PropertyDecorator {
  const { max, min = 0, pattern } = options;
  return field(
    { type: 'string', minLength: min, maxLength: max, ...(pattern === undefined ? {} : { pattern }) },
    options,
  );
}

export function Uuid(options: FieldOptions): PropertyDecorator {
  return field(
    { type: 'string', format: 'uuid', pattern: UUID_PATTERN },
    { example: '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11', ...options },
  );
}

/** An id the client chooses, so that a retry is recognised. */
export function UuidV7(options: FieldOptions): PropertyDecorator {
  return field(
    { type: 'string', format: 'uuid', pattern: UUID_V7_PATTERN },
    { example: '01a0c450-6c00-7000-8000-07be8fa9adc7', ...options },
  );
}

export function Username(options: FieldOptions): PropertyDecorator {
  return field(
    { type: 'string', pattern: USERNAME_PATTERN, maxLength: LIMITS.usernameChars },
    { example: 'ada', ...options },
  );
}

export function Base64Url(options: FieldOptions & { maxBytes: number; minBytes?: number }): PropertyDecorator {
  const { maxBytes, minBytes = 0 } = options;
  const schema = {
    type: 'string',
    format: 'base64url',
    minLength: encodedLength(minBytes),
    maxLength: encodedLength(maxBytes),
  };
  return field(schema, {
    example: Buffer.alloc(minBytes === 0 ? 6 : minBytes, 'sealed').toString('base64url'),
    ...options,
  });
}

/** What a field of this form says. */
export function bytesOf(base64url: string): Buffer {
  return Buffer.from(base64url, 'base64url');
}

export function Int(options: FieldOptions & { min: number; max?: number }): PropertyDecorator {
  const { min, max = Number.MAX_SAFE_INTEGER } = options;
  return field({ type: 'integer', minimum: min, maximum: max }, options);
}

export function Flag(options: FieldOptions): PropertyDecorator {
  return field({ type: 'boolean' }, options);
}

export function OneOf(values: readonly string[], options: FieldOptions): PropertyDecorator {
  return field({ type: 'string', enum: values }, { example: values[0], ...options });
}

/**
 * One of the values there are today; readers take others for something they do not know. Only for what the relay sends.
 * Generators make a plain text of it, which never fails to be read, so its comment names the values.
 */
export function OpenEnum(values: readonly string[], options: FieldOptions): PropertyDecorator {
  const today = values.map((value) => `\`${value}\``).join(', ');
  const about = `${options.about} Today one of ${today}; there may be others.`;
  const schema = { type: 'string', pattern: '^[a-z][a-z0-9_]*$', maxLength: 64, 'x-extensible-enum': values };
  return field(schema, { example: values[0], ...options, about });
}

/** A list of what {@link OpenEnum} gives one of. */
export function OpenEnumList(values: readonly string[], options: FieldOptions & { max: number }): PropertyDecorator {
  const items = { type: 'string', pattern: '^[a-z][a-z0-9_]*$', maxLength: 64, 'x-extensible-enum': values };
  const about = `${options.about} Today of ${values.map((value) => `\`${value}\``).join(', ')}; there may be others.`;
  return field(
    { type: 'array', items, minItems: 0, maxItems: options.max, uniqueItems: true },
    { example: values, ...options, about },
  );
}

/** A list of texts; with a pattern, all of that form. */
export function TextList(options: FieldOptions & { max: number; chars: number; pattern?: string }): PropertyDecorator {
  const form = options.pattern === undefined ? { minLength: 1 } : { pattern: options.pattern };
  const items = { type: 'string', ...form, maxLength: options.chars };
  return field({ type: 'array', items, minItems: 0, maxItems: options.max }, options);
}

/** A time in ISO 8601, UTC. */
export function Time(options: FieldOptions): PropertyDecorator {
  return field({ type: 'string', format: 'date-time' }, { example: '2026-11-22T09:30:00.000Z', ...options });
}

/** A time that a client says. */
export function GivenTime(options: FieldOptions): PropertyDecorator {
  const schema = { type: 'string', format: 'date-time', minLength: LIMITS.timeMinChars, maxLength: LIMITS.timeChars };
  return field(schema, { example: '2026-11-22T09:30:00.000Z', ...options });
}

export function Nested(shape: () => Shape, options: FieldOptions): PropertyDecorator {
  const declare = field({ shape }, options);
  return (prototype, name) => {
    if (options.nullable === true) ApiExtraModels(shape())(prototype.constructor);
    declare(prototype, name);
  };
}

/** An object of one of several forms; each has the field `tag`, a {@link OneOf} whose values are its own. */
export function Either(tag: string, shapes: readonly Shape[], options: FieldOptions): PropertyDecorator {
  const declare = field({ either: { tag, shapes } }, options);
  return (prototype, name) => {
    ApiExtraModels(...shapes)(prototype.constructor);
    declare(prototype, name);
  };
}

export function ListOf(shape: () => Shape, options: FieldOptions & { max: number; min?: number }): PropertyDecorator {
  return field({ type: 'array', items: { shape }, minItems: options.min ?? 0, maxItems: options.max }, options);
}

export function UsernameList(options: FieldOptions & { max: number; min?: number }): PropertyDecorator {
  const items = { type: 'string', pattern: USERNAME_PATTERN, maxLength: LIMITS.usernameChars };
  return field(
    { type: 'array', items, minItems: options.min ?? 0, maxItems: options.max, uniqueItems: true },
    { example: ['grace'], ...options },
  );
}

export function UuidList(options: FieldOptions & { max: number }): PropertyDecorator {
  const items = { type: 'string', format: 'uuid', pattern: UUID_PATTERN };
  return field(
    { type: 'array', items, minItems: 0, maxItems: options.max },
    { example: ['0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11'], ...options },
  );
}

/** A map from UUID to a position in that log. */
export function SeqMap(options: FieldOptions & { max: number }): PropertyDecorator {
  return field(
    {
      type: 'object',
      propertyNames: { pattern: UUID_PATTERN },
      additionalProperties: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
      maxProperties: options.max,
    },
    options,
  );
}

/** A list whose items have one of several forms. Only for what the relay sends. */
export function ListOfEither(shapes: readonly Shape[], { about }: FieldOptions): PropertyDecorator {
  const items = { oneOf: shapes.map((shape) => ({ $ref: getSchemaPath(shape) })) };
  const declare = ApiProperty({ type: 'array', items, description: about, required: true });
  return (prototype, name) => {
    ApiExtraModels(...shapes)(prototype.constructor);
    declare(prototype, name);
  };
}

function encodedLength(bytes: number): number {
  return Math.ceil((bytes * 4) / 3);
}
