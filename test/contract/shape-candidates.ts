import { type FieldSchema, fieldsOf, type Shape } from '../../apps/relay/src/platform/http/fields.js';

/** Values for shapes: one that fits, and many at, below and above every bound that is declared. */

const UUID = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11';
/** Something for each pattern that a field may have; one that fits none of them needs another here. */
const SAMPLES = ['a', 'ada', UUID, 'q83vEjRWeJCrze8SNFZ4kA', '1', '492039', '03-K5QW-7TZA-M2XE-LNGB'];
const WRONG_TYPES = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  NaN,
  Infinity,
  '',
  'x',
  '1',
  'true',
  [],
  ['x'],
  [[]],
  {},
  { a: 1 },
];
const MANY_CHARACTERS = 4096;

/** A value with every field, optional ones too. */
export function fitting(shape: Shape): Record<string, unknown> {
  return Object.fromEntries([...fieldsOf(shape)].map(([name, { schema }]) => [name, sampleOf(schema)]));
}

/** Candidates for a whole value: with each field changed, left out or alone, and with what belongs to no field. */
export function candidates(shape: Shape): unknown[] {
  const whole = fitting(shape);
  const names = Object.keys(whole);
  return [
    whole,
    ...WRONG_TYPES,
    ...names.map((name) => without(whole, name)),
    ...names.map((name) => ({ [name]: whole[name] })),
    ...['extra', 'constructor', 'toString', ''].map((name) => ({ ...whole, [name]: 1 })),
    JSON.parse(JSON.stringify(whole).replace('{', names.length > 0 ? '{"__proto__":{},' : '{"__proto__":{}')),
    Object.create(whole),
    ...names.flatMap((name) => {
      const { schema } = fieldsOf(shape).get(name)!;
      return candidatesFor(schema).map((value) => ({ ...whole, [name]: value }));
    }),
  ];
}

/** Candidates for the value of one field. */
export function candidatesFor(schema: FieldSchema): unknown[] {
  return [sampleOf(schema), ...WRONG_TYPES, ...particular(schema)];
}

function without(whole: Readonly<Record<string, unknown>>, name: string): object {
  return Object.fromEntries(Object.entries(whole).filter(([one]) => one !== name));
}

function sampleOf(schema: FieldSchema): unknown {
  const { shape, either, enum: values } = schema;
  if (shape !== undefined) return fitting(shape());
  if (either !== undefined) return fitting(either.shapes[0]!);
  return values === undefined ? KINDS[typeOf(schema)]!.sample(schema) : values[0];
}

/** How values of a type are made: one that fits, and those around its bounds. */
interface Kind {
  readonly sample: (schema: FieldSchema) => unknown;
  readonly particular: (schema: FieldSchema) => unknown[];
}

const KINDS: Readonly<Record<string, Kind>> = {
  string: { sample: textSample, particular: texts },
  integer: { sample: ({ minimum = 0 }) => minimum, particular: numbers },
  boolean: { sample: () => true, particular: () => [] },
  array: { sample: (schema) => list(schema, Math.max(1, schema.minItems ?? 0)), particular: lists },
  object: { sample: () => ({ [UUID]: 1 }), particular: maps },
};

function typeOf({ type = 'object' }: FieldSchema): string {
  return [type].flat()[0]!;
}

function textSample({ pattern, format, minLength = 1 }: FieldSchema): string {
  if (format === 'base64url') return encoded(bytesOf(minLength) || 3);
  if (format === 'date-time') return '2026-11-22T09:30:00.000Z';
  if (pattern === undefined) return 'x'.repeat(Math.max(1, minLength));
  const sample = SAMPLES.find((one) => new RegExp(pattern, 'u').test(one));
  if (sample === undefined) throw new Error(`no sample is of the pattern ${pattern}`);
  return sample;
}

function particular(schema: FieldSchema): unknown[] {
  if (schema.shape !== undefined) return candidates(schema.shape());
  if (schema.either !== undefined) return eitherOnes(schema.either);
  return KINDS[typeOf(schema)]!.particular(schema);
}

function numbers({ minimum, maximum }: FieldSchema): unknown[] {
  return around(minimum, maximum).flatMap((value) => [value, value + 0.5, String(value)]);
}

/** Each form, each with the tag of the others. */
function eitherOnes({ tag, shapes }: NonNullable<FieldSchema['either']>): unknown[] {
  const wholes = shapes.map(fitting);
  return [
    ...shapes.flatMap(candidates),
    ...wholes.flatMap((one) => wholes.map((other) => ({ ...one, [tag]: other[tag] }))),
  ];
}

function texts(schema: FieldSchema): unknown[] {
  const { minLength = 0, maxLength = 0, format, enum: values = [] } = schema;
  const sample = String(sampleOf(schema));
  const lengths = around(minLength, maxLength).filter((length) => length >= 0);
  const small = lengths.filter((length) => length <= MANY_CHARACTERS);
  return [
    ...values,
    ...[sample.toUpperCase(), `${sample}\n`, ` ${sample}`, `${sample}x`, sample.slice(1), 'ada\u0000', '../ada', 'ädа'],
    ...lengths.map((length) => 'x'.repeat(length)),
    ...small.map((length) => '💌'.repeat(length)),
    ...(format === 'base64url' ? binaries(minLength, maxLength) : []),
    ...(format === 'date-time' ? ['yesterday', '2026-11-22', '2026-13-40T00:00:00Z'] : []),
  ];
}

function binaries(minLength: number, maxLength: number): string[] {
  const sizes = around(bytesOf(minLength), bytesOf(maxLength)).filter((size) => size >= 0);
  const exact = encoded(bytesOf(maxLength));
  return [...sizes.map(encoded), `${exact.slice(0, -1)}_`, `${exact.slice(0, -1)}=`, 'AAA=', '+/+/', 'AB', 'A A', 'A'];
}

function bytesOf(characters: number): number {
  return Math.floor((characters * 3) / 4);
}

function encoded(bytes: number): string {
  return Buffer.alloc(bytes, 0xff).toString('base64url');
}

function lists(schema: FieldSchema): unknown[] {
  const { items = {}, minItems = 0, maxItems = 0 } = schema;
  const sizes = around(minItems, maxItems).filter((size) => size >= 0);
  const one = sampleOf(items);
  return [...sizes.map((size) => list(schema, size)), [one, one], ...candidatesFor(items).map((value) => [value])];
}

/** So many different items. */
function list({ items = {} }: FieldSchema, size: number): unknown[] {
  const one = sampleOf(items);
  return Array.from({ length: size }, (_none, index) => (typeof one === 'string' ? numbered(one, index) : one));
}

function maps({ additionalProperties, maxProperties = 0 }: FieldSchema): unknown[] {
  const values = typeof additionalProperties === 'object' ? candidatesFor(additionalProperties) : [];
  return [
    ...around(0, maxProperties).map((size) =>
      Object.fromEntries(Array.from({ length: Math.max(0, size) }, (_none, index) => [numbered(UUID, index), 1])),
    ),
    ...['x', UUID.toUpperCase(), `${UUID} `].map((key) => ({ [key]: 1 })),
    ...values.map((value) => ({ [UUID]: value })),
  ];
}

/** A name or a UUID that ends in a number. */
function numbered(sample: string, index: number): string {
  const digits = index.toString(16);
  return sample === UUID ? sample.slice(0, -digits.length) + digits : `${sample}${digits}`;
}

function around(lowest = 0, highest = 0): number[] {
  return [lowest - 1, lowest, lowest + 1, highest - 1, highest, highest + 1];
}
