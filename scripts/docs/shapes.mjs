// Shapes of the contract (JSON Schema, as OpenAPI and AsyncAPI have it) as tables of fields.
import { headingId } from './heading-id.mjs';
import { code, heading, page, prose, table } from './markdown.mjs';

const BOUNDS = [
  ['minimum', 'maximum', (bounds) => bounds],
  ['minLength', 'maxLength', (bounds) => `${bounds} characters`],
  ['minItems', 'maxItems', (bounds) => `${bounds} entries`],
];

/** Of one document, whose shapes stand on one page. */
export class Shapes {
  /**
   * @param schemas by name.
   * @param place of the page that has them, from the root of the site.
   */
  constructor(schemas, place) {
    this.schemas = schemas;
    this.place = place;
  }

  /** All of them, in the order of their names. */
  sections() {
    const names = Object.keys(this.schemas).sort((one, other) => one.localeCompare(other, 'en'));
    return names.map((name) => page(heading(2, name, name), this.about(this.schemas[name])));
  }

  /** What it is, and its fields if it has some. */
  about(schema) {
    const { properties, required = [], description } = schema;
    if (properties === undefined) return page(prose(description), this.typeOf(schema), bounds(schema));
    const rows = Object.entries(properties).map(([name, field]) => [
      code(name),
      `${this.typeOf(field)}${required.includes(name) ? '' : ', optional'}`,
      [prose(field.description), bounds(field), known(field)].filter(Boolean).join(' '),
    ]);
    return page(prose(description), table(['field', 'type', 'meaning'], rows) ?? 'It has no fields.');
  }

  /** The schema itself, of one that may be a reference. */
  resolved(schema) {
    return schema.$ref === undefined ? schema : this.schemas[schema.$ref.split('/').at(-1)];
  }

  /** In a few words, with links to the shapes it is made of. */
  typeOf(schema = {}) {
    if (schema.$ref !== undefined) return this.link(schema.$ref.split('/').at(-1));
    const parts = schema.allOf ?? schema.oneOf ?? schema.anyOf;
    if (parts !== undefined)
      return joined(
        parts.map((part) => this.typeOf(part)),
        schema.allOf ? 'and' : 'or',
      );
    if ('const' in schema) return code(JSON.stringify(schema.const));
    if (schema.enum !== undefined)
      return joined(
        schema.enum.map((value) => code(JSON.stringify(value))),
        'or',
      );
    return joined(
      [schema.type ?? 'anything'].flat().map((type) => this.named(type, schema)),
      'or',
    );
  }

  named(type, { format, items, additionalProperties, properties }) {
    if (type === 'array') return `list of ${this.typeOf(items)}`;
    if (type === 'object' && properties !== undefined)
      return `object of ${Object.keys(properties).map(code).join(', ')}`;
    if (type === 'object' && typeof additionalProperties === 'object')
      return `object with values of ${this.typeOf(additionalProperties)}`;
    return format === undefined || type === 'null' ? type : `${type} (${format})`;
  }

  link(name) {
    if (!(name in this.schemas)) throw new Error(`There is no shape ${name}.`);
    return `[${name}](/${this.place}#${headingId(name)})`;
  }
}

function joined(types, word) {
  return [...new Set(types)].join(` ${word} `);
}

/** What a value may be at most and at least, and how it is written. */
function bounds(schema) {
  const told = BOUNDS.flatMap(([least, most, says]) => {
    const text = range(schema[least], schema[most]);
    return text === undefined ? [] : [`${says(text)}.`];
  });
  if (schema.pattern !== undefined) told.push(`Matches ${code(schema.pattern)}.`);
  return told.join(' ');
}

function range(least, most) {
  if (least === undefined && most === undefined) return undefined;
  if (most === undefined) return `At least ${least}`;
  return least === undefined ? `At most ${most}` : `${least} to ${most}`;
}

/** The words there are today of a text that may have others tomorrow, unless the description lists them. */
function known({ 'x-extensible-enum': words = [], description = '' }) {
  return words.every((word) => description.includes(code(word))) ? '' : `Today ${words.map(code).join(', ')}.`;
}
