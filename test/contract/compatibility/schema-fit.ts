/** A JSON Schema, as far as two of them are compared. */
export type Schema = Readonly<Record<string, unknown>>;

/** Finds what a reference of a document refers to. */
export type Resolve = (schema: Schema) => Schema;

export interface Fit {
  /** `sent` to the relay, which refuses what it does not know; or `heard` by clients, which pass over it. */
  readonly direction: 'sent' | 'heard';
  /** References of the schema that is produced, and of the one that is accepted. */
  readonly ofProduced: Resolve;
  readonly ofAccepted: Resolve;
}

interface Pair {
  readonly produced: Schema;
  readonly accepted: Schema;
  readonly at: string;
}

/** Says of a pair what is wrong with it. */
type Rule = (pair: Pair, fit: SchemaFit) => string[];

/**
 * What may be produced by one schema that another one does not accept; nothing when all of it fits. That is all there is to
 * compatibility: what a client of yesterday sends must fit the relay of today (produced: before, accepted: after), and
 * what the relay of today says must fit that client (produced: after, accepted: before).
 *
 * It knows no protocol. For an OpenAPI document the schemas are those of bodies and parameters (openapi-changes.ts), for an
 * AsyncAPI document the payloads of what a channel receives and sends (asyncapi-changes.ts).
 */
export function misfits(produced: Schema, accepted: Schema, at: string, fit: Fit): string[] {
  return new SchemaFit(fit).of({ produced, accepted, at });
}

/** Keywords that say something to people, or to tools of which none is asked here. */
const ANNOTATIONS =
  /^(x-.*|\$comment|description|title|examples?|default|deprecated|readOnly|writeOnly|discriminator)$/;

class SchemaFit {
  /** Pairs that are being compared: a schema that contains itself fits if all else of it does. */
  private readonly open = new Set<string>();

  constructor(readonly fit: Fit) {}

  of(given: Pair): string[] {
    const key = JSON.stringify([given.produced, given.accepted]);
    if (this.open.has(key)) return [];
    this.open.add(key);
    const { at } = given;
    const found = this.resolved({
      produced: unwrapped(given.produced, this.fit.ofProduced),
      accepted: unwrapped(given.accepted, this.fit.ofAccepted),
      at,
    });
    this.open.delete(key);
    return found;
  }

  private resolved(pair: Pair): string[] {
    if (Object.keys(pair.accepted).every((keyword) => ANNOTATIONS.test(keyword))) return [];
    const produced = variantsOf(pair.produced);
    const accepted = variantsOf(pair.accepted);
    if (produced.length > 1 || accepted.length > 1)
      return produced.flatMap((one) => this.amongVariants({ ...pair, produced: one }, accepted));
    const unjudged = this.unjudged(pair);
    return unjudged.length > 0 ? unjudged : RULES.flatMap((rule) => rule(pair, this));
  }

  /** One variant must fit one that is accepted. If none does, the one that comes closest says why. */
  private amongVariants({ produced, at }: Pair, accepted: readonly Schema[]): string[] {
    const attempts = accepted.map((one) => this.of({ produced, accepted: one, at }));
    const [closest = [`${at}: is not accepted at all`]] = attempts.sort((one, other) => one.length - other.length);
    return closest;
  }

  private unjudged({ produced, accepted, at }: Pair): string[] {
    const isNew = (keyword: string): boolean => JSON.stringify(produced[keyword]) !== JSON.stringify(accepted[keyword]);
    return [...new Set([...Object.keys(produced), ...Object.keys(accepted)])]
      .filter((keyword) => !JUDGED.has(keyword) && !ANNOTATIONS.test(keyword) && isNew(keyword))
      .map((keyword) => `${at}: "${keyword}" changed, which this check cannot judge`);
  }
}

/** What a reference leads to, also one in a wrapper that gives it something to say beside. */
function unwrapped(schema: Schema, resolve: Resolve): Schema {
  const { allOf, ...beside } = resolve(schema);
  if (allOf === undefined) return beside;
  const [only, ...more] = allOf as readonly Schema[];
  return only === undefined || more.length > 0 ? { allOf, ...beside } : { ...unwrapped(only, resolve), ...beside };
}

/** A schema with several alternatives is its alternatives; `null` beside a type is one. */
function variantsOf(schema: Schema): readonly Schema[] {
  const { anyOf, oneOf, type, ...rest } = schema;
  const alternatives = anyOf ?? oneOf;
  if (Array.isArray(alternatives)) return alternatives as Schema[];
  if (!Array.isArray(type) || type.length === 1)
    return [Array.isArray(type) ? { ...rest, type: type[0] as unknown } : schema];
  return (type as string[]).map((one) => (one === 'null' ? { type: one } : { ...withoutNull(rest), type: one }));
}

function withoutNull({ enum: values, ...rest }: Schema): Schema {
  return Array.isArray(values) ? { ...rest, enum: values.filter((value) => value !== null) } : rest;
}

const typeRule: Rule = ({ produced, accepted, at }) => {
  if (accepted.type === undefined || produced.type === accepted.type) return [];
  if (produced.type === 'integer' && accepted.type === 'number') return [];
  return [`${at}: is of type ${typeOf(produced)}, where ${typeOf(accepted)} is accepted`];
};

function typeOf({ type }: Schema): string {
  return typeof type === 'string' ? type : 'any';
}

const valuesRule: Rule = ({ produced, accepted, at }) => {
  const allowed = valuesOf(accepted);
  if (allowed === undefined) return [];
  const values = valuesOf(produced);
  if (values === undefined) return [`${at}: may have any value, where only some are accepted`];
  return values
    .filter((value) => !allowed.includes(value))
    .map((value) => `${at}: may be ${value}, which is not accepted`);
};

function valuesOf({ enum: values, const: only }: Schema): string[] | undefined {
  if (only !== undefined) return [JSON.stringify(only)];
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)) : undefined;
}

/** A list of values that may grow: clients take others, but may wait for each that it has. */
const openValuesRule: Rule = ({ produced, accepted, at }, { fit }) => {
  if (fit.direction === 'sent') return [];
  const values = openValuesOf(produced) ?? valuesOf(produced) ?? [];
  return (openValuesOf(accepted) ?? [])
    .filter((value) => !values.includes(value))
    .map((value) => `${at}: is never ${value} any more`);
};

function openValuesOf({ 'x-extensible-enum': values }: Schema): string[] | undefined {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)) : undefined;
}

/** Nothing is known of whether one pattern is within another, so a change counts. */
const formRule: Rule = ({ produced, accepted, at }) =>
  ['pattern', 'format']
    .filter((keyword) => accepted[keyword] !== undefined && produced[keyword] !== accepted[keyword])
    .map((keyword) => `${at}: need not be of the ${keyword} that is accepted`);

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

/** What clients hear may grow: that is what releases are for. */
const boundsRule: Rule = ({ produced, accepted, at }, { fit }) => {
  if (fit.direction === 'heard') return [];
  const below = LOWER.filter(
    (bound) => numberOf(accepted, bound, -Infinity) > numberOf(produced, bound, floorOf(bound)),
  );
  const above = UPPER.filter((bound) => numberOf(accepted, bound, Infinity) < numberOf(produced, bound, Infinity));
  const unique = accepted.uniqueItems === true && produced.uniqueItems !== true ? ['uniqueItems'] : [];
  return [...below, ...above, ...unique].map((bound) => `${at}: need not keep to the "${bound}" that is accepted`);
};

function numberOf(schema: Schema, bound: string, otherwise: number): number {
  const value = schema[bound];
  return typeof value === 'number' ? value : otherwise;
}

/** Lengths and counts are never negative, so a minimum of 0 says nothing. */
function floorOf(bound: string): number {
  return bound.endsWith('inimum') ? -Infinity : 0;
}

const itemsRule: Rule = ({ produced, accepted, at }, walk) =>
  accepted.items === undefined
    ? []
    : walk.of({ produced: schemaAt(produced.items), accepted: schemaAt(accepted.items), at: `${at}[]` });

const requiredRule: Rule = ({ produced, accepted, at }) =>
  namesIn(accepted.required)
    .filter((name) => !namesIn(produced.required).includes(name))
    .map((name) => `${at}.${name}: may be absent, and is needed`);

const propertiesRule: Rule = ({ produced, accepted, at }, walk) => {
  const known = propertiesOf(accepted);
  return Object.entries(propertiesOf(produced)).flatMap(([name, schema]) => {
    const other = known[name] ?? schemaOrNothing(accepted.additionalProperties);
    if (other !== undefined) return walk.of({ produced: schema, accepted: other, at: `${at}.${name}` });
    return walk.fit.direction === 'sent' && accepted.additionalProperties !== true
      ? [`${at}.${name}: is not known any more, and so refused`]
      : [];
  });
};

/** Maps, whose keys are data. */
const mapRule: Rule = ({ produced, accepted, at }, walk) => {
  const [values, keys] = [schemaOrNothing(accepted.additionalProperties), schemaOrNothing(accepted.propertyNames)];
  const hasFields = Object.keys(propertiesOf(produced)).length > 0;
  const isMap = produced.additionalProperties !== undefined && produced.additionalProperties !== false;
  if (isMap && values === undefined && accepted.additionalProperties !== true)
    return walk.fit.direction === 'sent' ? [`${at}: is not accepted as a map any more`] : [];
  if (hasFields && !isMap) return [];
  return [
    ...(values === undefined
      ? []
      : walk.of({ produced: schemaAt(produced.additionalProperties), accepted: values, at: `${at}.*` })),
    ...(keys === undefined
      ? []
      : walk.of({ produced: schemaAt(produced.propertyNames), accepted: keys, at: `${at}.(keys)` })),
  ];
};

const RULES = [
  ...[typeRule, valuesRule, openValuesRule, formRule, boundsRule],
  ...[itemsRule, requiredRule, propertiesRule, mapRule],
];
const JUDGED = new Set([
  ...['type', 'enum', 'const', 'pattern', 'format', 'uniqueItems', 'items', 'required', 'properties'],
  ...['additionalProperties', 'propertyNames', ...LOWER, ...UPPER],
]);

/** A schema that is not there accepts, and may produce, anything. */
function schemaAt(value: unknown): Schema {
  return schemaOrNothing(value) ?? {};
}

function schemaOrNothing(value: unknown): Schema | undefined {
  return typeof value === 'object' && value !== null ? (value as Schema) : undefined;
}

function propertiesOf({ properties }: Schema): Readonly<Record<string, Schema>> {
  return schemaAt(properties) as Readonly<Record<string, Schema>>;
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as string[]) : [];
}
