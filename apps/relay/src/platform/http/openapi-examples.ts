import type { OpenAPIObject } from '@nestjs/swagger';
import { examplesOf } from './examples.js';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** A JSON Schema, as far as examples are made of it. */
interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly type?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
}

interface MediaType {
  schema?: Schema;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}

/** Gives every body, of requests and of replies, an example: its own, or one put together of those of its fields. */
export function addExamples(document: OpenAPIObject): void {
  const maker = new ExampleMaker(document.components?.schemas ?? {});
  for (const media of mediaTypesIn(document.paths)) {
    if (media.schema === undefined || media.examples !== undefined) continue;
    const own = examplesOf(nameOf(media.schema) ?? '');
    if (own === undefined) media.example = maker.of(media.schema);
    else media.examples = Object.fromEntries(Object.entries(own).map(([name, value]) => [name, { value }]));
  }
}

function mediaTypesIn(value: unknown): MediaType[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'content' in value ? Object.values(value.content as Record<string, MediaType>) : [];
  return [...own, ...Object.values(value).flatMap(mediaTypesIn)];
}

function nameOf({ $ref }: Schema): string | undefined {
  return $ref?.slice('#/components/schemas/'.length);
}

class ExampleMaker {
  constructor(private readonly schemas: Schemas) {}

  of(schema: Schema): unknown {
    if (schema.example !== undefined) return schema.example;
    const name = nameOf(schema);
    if (name !== undefined) return Object.values(examplesOf(name) ?? {})[0] ?? this.of(this.schemas[name] as Schema);
    if (schema.oneOf !== undefined) return this.of(schema.oneOf[0] ?? {});
    if (Array.isArray(schema.type) && schema.type.includes('null')) return null;
    if (schema.properties !== undefined) return this.object(schema.properties, schema.required ?? []);
    return this.plain(schema);
  }

  /** Objects that need not be there are left out, or an example would say too much at once. */
  private object(properties: Readonly<Record<string, Schema>>, required: readonly string[]): unknown {
    const shown = Object.entries(properties).filter(
      ([name, { $ref }]) => $ref === undefined || required.includes(name),
    );
    return Object.fromEntries(shown.map(([name, schema]) => [name, this.of(schema)]));
  }

  private plain({ type, enum: values, minimum, items }: Schema): unknown {
    if (values !== undefined) return values[0];
    if (type === 'array') return items === undefined ? [] : [this.of(items)];
    if (type === 'integer') return minimum ?? 1;
    return type === 'boolean' ? true : '';
  }
}
