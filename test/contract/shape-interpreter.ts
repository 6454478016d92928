import type { FieldSchema, fieldsOf, Shape } from '../../apps/relay/src/platform/http/fields.js';

/** Says of a value whether a shape admits it. */
type Admits = (shape: Shape, value: unknown) => boolean;

/**
 * Reads what the decorators of a shape declare, rule by rule and anew for each value: no compiler, no JSON Schema library. It
 * is what the compiled validator is held against, and what it is measured against.
 *
 * @param declared tells the fields of a shape; those of a build know nothing of those of its sources.
 * @param isBinary whether a text is canonical base64url.
 */
export function shapeInterpreter(declared: typeof fieldsOf, isBinary = isWrittenSo): Admits {
  const admits: Admits = (shape, value) => {
    if (!isObject(value)) return false;
    const fields = declared(shape);
    if (Object.keys(value).some((name) => !fields.has(name))) return false;
    for (const [name, { schema, optional }] of fields) {
      if (!Object.hasOwn(value, name)) {
        if (!optional) return false;
      } else if (!fits(schema, value[name])) return false;
    }
    return true;
  };

  const fits = (schema: FieldSchema, value: unknown): boolean => {
    const types = [schema.type ?? 'object'].flat();
    if (value === null) return types.includes('null');
    if (schema.shape !== undefined) return admits(schema.shape(), value);
    if (schema.either !== undefined) return isOneOf(schema.either, value);
    return kinds[types[0] ?? 'object']?.(schema, value) ?? false;
  };

  const kinds: Readonly<Record<string, (schema: FieldSchema, value: unknown) => boolean>> = {
    string: (schema, value) => typeof value === 'string' && isText(schema, value, isBinary),
    integer: (schema, value) => typeof value === 'number' && isWhole(schema, value),
    boolean: (_schema, value) => typeof value === 'boolean',
    array: (schema, value) => Array.isArray(value) && isList(schema, value),
    object: (schema, value) => isObject(value) && isMap(schema, value),
  };

  const isOneOf = ({ tag, shapes }: NonNullable<FieldSchema['either']>, value: unknown): boolean => {
    if (!isObject(value) || !Object.hasOwn(value, tag)) return false;
    const meant = shapes.find((shape) =>
      declared(shape)
        .get(tag)
        ?.schema.enum?.includes(value[tag] as string),
    );
    return meant !== undefined && admits(meant, value);
  };

  const isList = (schema: FieldSchema, values: readonly unknown[]): boolean => {
    if (values.length < (schema.minItems ?? 0) || values.length > (schema.maxItems ?? Infinity)) return false;
    if (schema.uniqueItems === true && new Set(values).size < values.length) return false;
    return values.every((value) => schema.items === undefined || fits(schema.items, value));
  };

  const isMap = (schema: FieldSchema, map: Readonly<Record<string, unknown>>): boolean => {
    const { propertyNames, additionalProperties, maxProperties = Infinity } = schema;
    const entries = Object.entries(map);
    if (entries.length > maxProperties) return false;
    return entries.every(
      ([key, value]) =>
        (propertyNames === undefined || isText(propertyNames, key, isBinary)) &&
        (typeof additionalProperties !== 'object' || fits(additionalProperties, value)),
    );
  };

  return admits;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWrittenSo(text: string): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text;
}

function isText(schema: FieldSchema, text: string, isBinary: typeof isWrittenSo): boolean {
  const { minLength = 0, maxLength = Infinity, pattern, format, enum: values } = schema;
  // Characters are counted as people see them, which makes no difference to those of base64url.
  const length = format === 'base64url' ? text.length : Array.from(text).length;
  if (length < minLength || length > maxLength) return false;
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(text)) return false;
  if (values !== undefined && !values.includes(text)) return false;
  if (format === 'base64url') return isBinary(text);
  return format !== 'date-time' || !Number.isNaN(Date.parse(text));
}

function isWhole({ minimum = -Infinity, maximum = Infinity }: FieldSchema, value: number): boolean {
  return Number.isInteger(value) && value >= minimum && value <= maximum;
}
