import { jsonFiles, naughtyStrings, type Seeded } from '#testing';
import type { Body } from './schema-values.js';

const NAUGHTY = naughtyStrings();
const JSON_FILES = jsonFiles();

const HUGE = 'A'.repeat(100_000);

/** Texts that have broken something somewhere. */
const BAD_TEXTS = [
  ...[
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udc00\ud800',
    '\ufffe',
    '\u202egnp',
    '\u2028',
    '%00',
    '%',
    '../../etc/passwd',
  ],
  ...[
    "' OR 1=1 --",
    '$1',
    '{{7*7}}',
    '${7*7}',
    '\\u0000',
    '__proto__',
    'constructor',
    'null',
    'NaN',
    'Infinity',
    '1e400',
  ],
  ...['٣', 'İ', 'ﬀ', 'e\u0301', '👩‍👩‍👧‍👦'.repeat(8), 'a'.repeat(33), 'a'.repeat(65), '='.repeat(43), 'A'.repeat(44), HUGE],
];

/** Values where others belong. `undefined` is not there at all. */
const BAD_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324],
  ...[
    [],
    {},
    [[]],
    [null],
    { $ne: null },
    { $gt: '' },
    { length: 1e9 },
    { toString: 'x' },
    { toJSON: {} },
    { then: 1 },
  ],
  ...[JSON.parse('{"__proto__":{"admin":true}}'), { constructor: { prototype: {} } }, { type: 'Buffer', data: [1] }],
  ...[{ _placeholder: true, num: 0 }, Array(3_000).fill(0), nested(40), nested(2_000), undefined],
];

const BAD_NAMES = [
  '',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'length',
  'admin',
  '$where',
  'a.b',
  'ключ',
  '\u0000',
];

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Changes one to three places of a body; what stays as it was gets the change past the first checks. */
export function mutated(body: unknown, random: Seeded): unknown {
  let result = body;
  for (let count = random.pick([1, 1, 1, 2, 3]); count > 0; count--) result = changed(result, random);
  return result;
}

function changed(value: unknown, random: Seeded): unknown {
  if (!isContainer(value) || random.oneIn(12)) return replacement(value, random);
  if (Array.isArray(value)) return changedList(value, random);
  return random.oneIn(4) ? renamed(value, random) : changedField(value, random);
}

function changedField(body: Body, random: Seeded): unknown {
  const names = Object.keys(body);
  if (names.length === 0) return renamed(body, random);
  const name = random.pick(names);
  const next = changed(body[name], random);
  const { [name]: _old, ...rest } = body;
  return next === undefined ? rest : { ...rest, [name]: next };
}

/** With a field more. Made of entries, or `__proto__` would be no field but the prototype. */
function renamed(body: Body, random: Seeded): Body {
  const name = random.pick([...BAD_NAMES, anyText(random)]);
  return Object.fromEntries<unknown>([...Object.entries(body), [name, random.pick(BAD_VALUES)]]);
}

function changedList(list: readonly unknown[], random: Seeded): unknown[] {
  if (list.length === 0 || random.oneIn(3)) return [...list, random.pick([...BAD_VALUES, anyText(random)])];
  if (random.oneIn(3)) return [...list, ...list];
  const place = random.between(0, list.length - 1);
  return list.map((item, index) => (index === place ? changed(item, random) : item));
}

function replacement(value: unknown, random: Seeded): unknown {
  if (typeof value === 'number' && random.oneIn(2))
    return random.pick([value + 1, value - 1, -value, value + 0.5, value * 1e10, String(value)]);
  if (typeof value === 'string' && random.oneIn(2))
    return random.pick([anyText(random), value.toUpperCase(), `${value} `, value.slice(1), value + value, [value]]);
  return random.oneIn(2) ? anyText(random) : random.pick(BAD_VALUES);
}

/** Any text, be it a naughty one. */
export function anyText(random: Seeded): string {
  return random.oneIn(2) && NAUGHTY.length > 0 ? random.pick(NAUGHTY) : random.pick(BAD_TEXTS);
}

/** Bytes that are hardly JSON any more, or never were. */
export function torn(body: unknown, random: Seeded): Buffer {
  if (random.oneIn(2) && JSON_FILES.length > 0) return random.pick(JSON_FILES).bytes;
  const text = Buffer.from(JSON.stringify(body));
  const at = random.between(0, text.length);
  const [before, after] = [text.subarray(0, at), text.subarray(at)];
  switch (random.between(1, 7)) {
    case 1:
      return before;
    case 2:
      return Buffer.concat([before, random.bytes(random.between(1, 4)), after]);
    case 3:
      return flipped(text, random);
    case 4:
      return Buffer.concat([Buffer.from('\ufeff'), text]);
    case 5:
      return Buffer.concat([text, random.oneIn(2) ? text : Buffer.from(random.pick([',', '}', '\0', ' //', '\n\n']))]);
    case 6:
      return Buffer.from(
        random.pick(['['.repeat(50_000), '{"a":'.repeat(20_000), ' '.repeat(200_000), '"\\u', '1e999', '-']),
      );
    default:
      return Buffer.from(text.toString().replace('{', '{"__proto__":{"a":1},"id":1,"id":2,'));
  }
}

/** The same with some bits turned over. */
export function flipped(bytes: Buffer, random: Seeded): Buffer {
  const copy = Buffer.from(bytes);
  for (let count = random.between(1, 6); count > 0 && copy.length > 0; count--) {
    const at = random.between(0, copy.length - 1);
    copy[at] = copy[at]! ^ (1 << random.between(0, 7));
  }
  return copy;
}

function isContainer(value: unknown): value is Body {
  return typeof value === 'object' && value !== null;
}
