import { type Fit, misfits, type Schema } from './schema-fit.js';

const same = (schema: Schema): Schema => schema;

/** What yesterday's clients send, of which today's relay takes no more all. */
function sent(before: Schema, after: Schema): string[] {
  return misfits(before, after, 'it', { direction: 'sent', ofProduced: same, ofAccepted: same });
}

/** What today's relay says, of which yesterday's clients understand no more all. */
function heard(before: Schema, after: Schema): string[] {
  return misfits(after, before, 'it', { direction: 'heard', ofProduced: same, ofAccepted: same });
}

const object = (properties: Schema, required: readonly string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
});
const text = { type: 'string' };
const optional = object({ a: text });
const needed = object({ a: text }, ['a']);
const kinds = (...values: string[]): Schema => ({ type: 'string', enum: values });
const open = (...values: string[]): Schema => ({ ...text, 'x-extensible-enum': values });
const either = (...variants: Schema[]): Schema => ({ oneOf: variants });
const one = object({ kind: kinds('one'), x: text }, ['kind', 'x']);
const other = object({ kind: kinds('other') }, ['kind']);

describe('a schema that stays as it was', () => {
  it.each([
    [text],
    [needed],
    [either(one, other)],
    [{ type: ['string', 'null'], maxLength: 3 }],
    [{ type: ['string', 'null'], enum: ['a', null] }],
    [{ type: 'array', items: needed, maxItems: 3, uniqueItems: true }],
    [{ type: 'object', propertyNames: { pattern: 'x' }, additionalProperties: { type: 'integer' }, maxProperties: 2 }],
    [{ allOf: [needed] }],
    [{}],
  ])('fits: %j', (schema) => {
    expect([...sent(schema, schema), ...heard(schema, schema)]).toEqual([]);
  });

  it('fits whatever is said about it', () => {
    const told = { ...text, description: 'A name.', example: 'ada', deprecated: true, 'x-note': 1, title: 'Name' };
    expect([...sent(text, told), ...heard(told, text)]).toEqual([]);
  });
});

describe('what is sent to the relay', () => {
  it.each([
    ['a new field that is needed', object({}), needed, 'it.a: may be absent, and is needed'],
    ['a field that is needed now', optional, needed, 'it.a: may be absent, and is needed'],
    ['a field that is gone', optional, object({}), 'it.a: is not known any more, and so refused'],
    ['another type', text, { type: 'integer' }, 'it: is of type string, where integer is accepted'],
    ['a narrower type', { type: 'number' }, { type: 'integer' }, 'it: is of type number, where integer is accepted'],
    ['no null any more', { type: ['string', 'null'] }, text, 'it: is of type null, where string is accepted'],
    ['fewer values', kinds('a', 'b'), kinds('a'), 'it: may be "b", which is not accepted'],
    ['only some values', text, kinds('a'), 'it: may have any value, where only some are accepted'],
    ['another constant', { const: 1 }, { const: 2 }, 'it: may be 1, which is not accepted'],
    [
      'a smaller text',
      { ...text, maxLength: 9 },
      { ...text, maxLength: 8 },
      'it: need not keep to the "maxLength" that',
    ],
    [
      'a bound where none was',
      text,
      { ...text, maxLength: 8 },
      'it: need not keep to the "maxLength" that is accepted',
    ],
    ['a longer text', text, { ...text, minLength: 1 }, 'it: need not keep to the "minLength" that is accepted'],
    ['a greater number', { minimum: 0 }, { minimum: 1 }, 'it: need not keep to the "minimum" that is accepted'],
    ['a smaller number', { maximum: 9 }, { maximum: 8 }, 'it: need not keep to the "maximum" that is accepted'],
    ['a shorter list', { maxItems: 9 }, { maxItems: 8 }, 'it: need not keep to the "maxItems" that is accepted'],
    ['a smaller map', { maxProperties: 9 }, { maxProperties: 8 }, 'it: need not keep to the "maxProperties" that'],
    [
      'a list without repeats',
      { type: 'array' },
      { type: 'array', uniqueItems: true },
      'it: need not keep to the "uniqueI',
    ],
    ['another pattern', { pattern: 'a' }, { pattern: 'b' }, 'it: need not be of the pattern that is accepted'],
    ['another format', { format: 'uuid' }, { format: 'date' }, 'it: need not be of the format that is accepted'],
    ['less in a list', { items: kinds('a', 'b') }, { items: kinds('a') }, 'it[]: may be "b", which is not accepted'],
    ['one variant less', either(one, other), one, 'it.kind: may be "other", which is not accepted'],
    ['no map any more', { additionalProperties: text }, optional, 'it: is not accepted as a map any more'],
    [
      'other keys',
      { propertyNames: { pattern: 'a' } },
      { propertyNames: { pattern: 'b' } },
      'it.(keys): need not be of',
    ],
    [
      'other values of a map',
      { additionalProperties: text },
      { additionalProperties: { type: 'null' } },
      'it.*: is of ty',
    ],
    [
      'a keyword nobody can judge',
      text,
      { ...text, not: { const: 'x' } },
      'it: "not" changed, which this check cannot',
    ],
  ])('is broken by %s', (_what, before, after, mistake) => {
    expect(sent(before, after).join('\n')).toContain(mistake);
  });

  it.each([
    ['a new field that may be absent', object({}), optional],
    ['a field that may be absent now', needed, optional],
    ['more values', kinds('a'), kinds('a', 'b')],
    ['any value', kinds('a'), text],
    ['wider bounds', { minimum: 1, maxLength: 8 }, { minimum: 0, maxLength: 9 }],
    ['bounds that say nothing', text, { ...text, minLength: 0 }],
    ['null', text, { type: ['string', 'null'] }],
    ['a wider type', { type: 'integer' }, { type: 'number' }],
    ['one variant more', one, either(one, other)],
    ['no pattern any more', { ...text, pattern: 'a' }, text],
    ['fields that are data', object({ a: text }), { type: 'object', additionalProperties: true }],
    ['anything', needed, {}],
  ])('is not broken by %s', (_what, before, after) => {
    expect(sent(before, after)).toEqual([]);
  });
});

describe('what clients hear', () => {
  it.each([
    ['a field that is gone', needed, object({}), 'it.a: may be absent, and is needed'],
    ['a field that may be absent now', needed, optional, 'it.a: may be absent, and is needed'],
    ['another type', text, { type: 'integer' }, 'it: is of type integer, where string is accepted'],
    ['another type of a field', optional, object({ a: { type: 'boolean' } }), 'it.a: is of type boolean, where string'],
    ['null', text, { type: ['string', 'null'] }, 'it: is of type null, where string is accepted'],
    [
      'null beside a shape',
      needed,
      { anyOf: [needed, { type: 'null' }] },
      'it: is of type null, where object is accepted',
    ],
    ['more values', kinds('a'), kinds('a', 'b'), 'it: may be "b", which is not accepted'],
    ['any value', kinds('a'), text, 'it: may have any value, where only some are accepted'],
    ['another pattern', { pattern: 'a' }, { pattern: 'b' }, 'it: need not be of the pattern that is accepted'],
    ['no format any more', { ...text, format: 'uuid' }, text, 'it: need not be of the format that is accepted'],
    ['one variant more', one, either(one, other), 'it.kind: may be "other", which is not accepted'],
    ['one value less of an open list', open('a', 'b'), open('a'), 'it: is never "b" any more'],
    ['an open list that is none any more', open('a'), text, 'it: is never "a" any more'],
    ['an open list that was none', kinds('a'), open('a'), 'it: may have any value, where only some are accepted'],
    ['less in a wrapper', { allOf: [needed] }, { allOf: [optional] }, 'it.a: may be absent, and is needed'],
    ['more in a list', { items: kinds('a') }, { items: kinds('a', 'b') }, 'it[]: may be "b", which is not accepted'],
  ])('is broken by %s', (_what, before, after, mistake) => {
    expect(heard(before, after).join('\n')).toContain(mistake);
  });

  it.each([
    ['a new field', object({}), needed],
    ['a field that is always there now', optional, needed],
    ['a field that need not have been there, and is gone', optional, object({})],
    ['fewer values', kinds('a', 'b'), kinds('a')],
    ['no null any more', { type: ['string', 'null'] }, text],
    ['one variant less', either(one, other), one],
    [
      'more than fitted before',
      { type: 'array', items: text, maxItems: 1 },
      { type: 'array', items: text, maxItems: 9 },
    ],
    ['another value of an open list', open('a'), open('a', 'b')],
    ['an open list whose values nobody knew', text, open('a')],
    ['a wrapper', { allOf: [needed] }, { allOf: [needed], 'x-problem-codes': ['a'] }],
    ['a wrapper around what was bare', needed, { allOf: [needed] }],
  ])('is not broken by %s', (_what, before, after) => {
    expect(heard(before, after)).toEqual([]);
  });
});

describe('references', () => {
  const tree = (leaf: Schema): Schema =>
    object({ leaf, children: { type: 'array', items: { $ref: 'tree' } } }, ['leaf']);
  const fit = (before: Schema, after: Schema): Fit => ({
    direction: 'sent',
    ofProduced: (schema) => (schema.$ref === 'tree' ? before : schema),
    ofAccepted: (schema) => (schema.$ref === 'tree' ? after : schema),
  });

  it('to a schema that contains itself are followed once', () => {
    const [before, after] = [tree(text), tree({ type: 'integer' })];
    expect(misfits({ $ref: 'tree' }, { $ref: 'tree' }, 'it', fit(before, before))).toEqual([]);
    expect(misfits({ $ref: 'tree' }, { $ref: 'tree' }, 'it', fit(before, after))).toEqual([
      'it.leaf: is of type string, where integer is accepted',
    ]);
  });
});
