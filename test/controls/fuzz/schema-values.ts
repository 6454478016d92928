import { LINES_PATTERN, MFA_RECOVERY_CODE_PATTERN, REPORT_TEXT_PATTERN, TOTP_PATTERN } from '#protocol';
import type { Seeded } from '#testing';
import { v7 } from 'uuid';

/** JSON Schema, as far as the documents use it for what clients send. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly oneOf?: readonly Schema[];
}

export type Body = Record<string, unknown>;

/** A document whose schemas are referred to as `#/components/schemas/…`. */
export interface SchemaDocument {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Values as the schemas of a document want them: any of them, or only those at the edges of what is allowed. */
export class SchemaValues {
  constructor(
    private readonly document: SchemaDocument,
    private readonly random: Seeded,
    private readonly isAtTheEdge = false,
  ) {}

  of(schema: Schema): unknown {
    if (schema.$ref !== undefined) return this.of(this.document.components.schemas[schema.$ref.split('/').at(-1)!]!);
    if (schema.oneOf !== undefined) return this.of(this.random.pick(schema.oneOf));
    if (schema.enum !== undefined) return this.random.pick(schema.enum);
    // What may be null has both types.
    if (typeof schema.type === 'object') return this.of({ ...schema, type: this.random.pick(schema.type) });
    switch (schema.type) {
      case 'null':
        return null;
      case 'object':
        return this.object(schema);
      case 'array':
        return this.list(schema);
      case 'integer':
        return this.integer(schema);
      case 'boolean':
        return this.random.oneIn(2);
      case 'string':
        return this.text(schema);
      case undefined:
      default:
        throw new Error(`there are no values here for ${JSON.stringify(schema)}`);
    }
  }

  private object({ properties = {}, required = [], additionalProperties }: Schema): Body {
    const present = Object.entries(properties).filter(([name]) => required.includes(name) || this.random.oneIn(2));
    const fields = present.map(([name, schema]) => [name, this.of(schema)]);
    if (typeof additionalProperties !== 'object') return Object.fromEntries(fields) as Body;
    const entries = Array.from({ length: this.amount(0, 40) }, () => [
      uuid(this.random),
      this.of(additionalProperties),
    ]);
    return Object.fromEntries([...fields, ...entries]) as Body;
  }

  private list({ items = {}, minItems = 0, maxItems = 10 }: Schema): unknown[] {
    const all = Array.from({ length: this.amount(minItems, maxItems) }, () => this.of(items));
    return [...new Set(all)];
  }

  private integer({ minimum = 0, maximum = 2 ** 31 }: Schema): number {
    return this.amount(minimum, maximum);
  }

  private text({ format, pattern, minLength = 0, maxLength = 64 }: Schema): string {
    if (format === 'date-time') return new Date(this.random.between(0, 4_102_444_800_000)).toISOString();
    if (format === 'base64url') return this.encoded(minLength, maxLength);
    if (pattern === undefined) return texts(this.random, this.amount(minLength, maxLength));
    const make = PATTERNS[pattern];
    if (make === undefined) throw new Error(`there are no texts here for ${pattern}`);
    return make(this.random, (least, most) => this.amount(least, Math.min(most, maxLength)));
  }

  private encoded(minLength: number, maxLength: number): string {
    const [least, most] = [Math.floor(((minLength - 1) * 3) / 4) + 1, Math.floor((maxLength * 3) / 4)];
    // One byte, many times: what it says is nobody's business, and drawing each would take the time.
    return Buffer.alloc(this.amount(least, most), this.random.between(0, 255)).toString('base64url');
  }

  /** Mostly near the least: large ones are all alike, and slow. */
  private amount(least: number, most: number): number {
    if (this.isAtTheEdge) return this.random.pick([least, least, Math.min(most, least + 1), most]);
    if (this.random.oneIn(25)) return this.random.between(least, most);
    return this.random.between(least, Math.min(most, least + 40));
  }
}

type MakeText = (random: Seeded, amount: (least: number, most: number) => number) => string;

const linesOf: MakeText = (random, amount) => `${texts(random, amount(1, 64))}\n${texts(random, amount(1, 64))}`;

/** Texts for every pattern of the documents. */
const PATTERNS: Readonly<Record<string, MakeText>> = {
  '^[A-Za-z0-9:._-]+$': (random, amount) => letters(random, amount(1, 1_024), 'azAZ09:._-'),
  '^[0-9a-fA-F]+$': (random, amount) => letters(random, amount(64, 200), '0189abcdefABCDEF'),
  '^[a-z0-9._-]{3,32}$': (random, amount) => letters(random, amount(3, 32), 'abcxyz019._-'),
  '^[a-z0-9._-]*$': (random, amount) => letters(random, amount(1, 32), 'abcxyz019._-'),
  '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$': (random) => uuid(random),
  '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$': () => v7(),
  [TOTP_PATTERN]: (random) => String(random.between(0, 999_999)).padStart(6, '0'),
  [MFA_RECOVERY_CODE_PATTERN]: (random) =>
    `${String(random.between(0, 99)).padStart(2, '0')}-${['KA', '27', 'ZZ', 'QB'].map((half) => half + random.pick(['AA', 'M2'])).join('-')}`,
  [LINES_PATTERN]: linesOf,
  [REPORT_TEXT_PATTERN]: linesOf,
  '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028\\u2029]*$': (random, amount) => texts(random, amount(1, 64)),
};

function letters(random: Seeded, length: number, alphabet: string): string {
  return Array.from({ length }, () => random.pick(alphabet.split(''))).join('');
}

function uuid(random: Seeded): string {
  return random
    .bytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Whatever people type, and one character is up to two units of JavaScript's. */
const LETTERS = [
  ...'aZ0 _-.%\'"<>&\\/$'.split(''),
  'é',
  'ß',
  'ß',
  '\u00a0',
  '\u200b',
  '\u202e',
  '\ufeff',
  '漢',
  'ﷺ',
  '😀',
  '\u0301',
];

function texts(random: Seeded, length: number): string {
  return Array.from({ length }, () => random.pick(LETTERS)).join('');
}
