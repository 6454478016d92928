import type { JsonSchema } from '../asyncapi-document.js';
import { inline, type Markup, markup } from './markup.js';

/** The fields of an object, each with its type, its bounds and what it means. */
export function schemaFields({ properties = {}, required = [] }: JsonSchema): Markup {
  const fields = Object.entries(properties);
  if (fields.length === 0) return markup`<p class="none">No fields.</p>`;
  return markup`<dl class="fields">
${fields.map(([name, schema]) => field(name, schema, required.includes(name)))}</dl>`;
}

/** The shapes that a schema refers to, by name. */
export function shapesWithin(schema: JsonSchema): string[] {
  return [...JSON.stringify(schema).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
}

export function shapeId(name: string): string {
  return `shape-${name}`;
}

function field(name: string, schema: JsonSchema, isRequired: boolean): Markup {
  return markup`<div><dt><code>${name}</code> <span class="type">${typeOf(schema)}</span>${isRequired ? '' : OPTIONAL}</dt>
<dd>${inline(schema.description ?? '')}${bounds(schema)}</dd></div>
`;
}

const OPTIONAL = markup` <em>optional</em>`;

function typeOf(schema: JsonSchema): Markup {
  const { $ref, allOf, anyOf, oneOf, items, additionalProperties } = schema;
  if ($ref !== undefined) return link($ref);
  if (allOf?.[0] !== undefined) return typeOf(allOf[0]);
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return joined(choices.map(typeOf));
  const values = valuesOf(schema);
  if (values !== undefined) return joined(values.map((value) => markup`<code>${JSON.stringify(value)}</code>`));
  if (items !== undefined) return markup`list of ${typeOf(items)}`;
  if (typeof additionalProperties === 'object') return markup`map to ${typeOf(additionalProperties)}`;
  return markup`${[schema.type ?? 'anything'].flat().map(word).join(' or ')}${schema.format && `, ${schema.format}`}`;
}

function valuesOf(schema: JsonSchema): readonly unknown[] | undefined {
  return schema.const === undefined ? (schema.enum ?? schema['x-extensible-enum']) : [schema.const];
}

function link($ref: string): Markup {
  const name = $ref.split('/').at(-1) ?? '';
  return markup`<a href="#${shapeId(name)}">${name}</a>`;
}

function joined(parts: readonly Markup[]): Markup {
  return markup`${parts.flatMap((part, index) => (index === 0 ? [part] : [' or ', part]))}`;
}

function word(type: string): string {
  const words: Readonly<Record<string, string>> = { string: 'text', boolean: 'true or false' };
  return words[type] ?? type;
}

function bounds(schema: JsonSchema): Markup | undefined {
  const { minLength, maxLength, minimum, maximum, minItems, maxItems, maxProperties } = schema;
  const said = [
    between(minLength, maxLength, ' characters'),
    between(minimum, maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum, ''),
    between(minItems, maxItems, ' items'),
    between(undefined, maxProperties, ' entries'),
  ].filter((one) => one !== undefined);
  return said.length === 0 ? undefined : markup` <small>${said.join(', ')}.</small>`;
}

/** "At least 1", "1 to 64", "At most 500 items"; nothing for what has no bounds worth telling. */
function between(least: number | undefined, most: number | undefined, unit: string): string | undefined {
  if (most === undefined) return least === undefined ? undefined : `At least ${least}${unit}`;
  if (least === undefined || least === 0) return `At most ${most}${unit}`;
  return least === most ? `Exactly ${most}${unit}` : `${least} to ${most}${unit}`;
}
