import { LIMITS } from '#protocol';
import { InvalidRequest } from '../errors/refusal.js';
import { Flag } from './fields.js';
import { assertShape, isBase64Url } from './shape-validator.js';
import { InnerShape, refusal, SHAPES, UUID, UUID_V7 } from './shapes.fixture.js';

const text = (length: number): string => 'x'.repeat(length);
const encoded = (bytes: number): string => Buffer.alloc(bytes, 0xff).toString('base64url');

const ACCEPTED: readonly [keyof typeof SHAPES, readonly unknown[]][] = [
  // Characters are counted as people see them: each of these is two units of UTF-16.
  ['text', [text(2), text(4), '💌💌💌💌']],
  ['patterned', ['a', 'aaa']],
  ['uuid', [UUID, UUID_V7]],
  ['uuidV7', [UUID_V7]],
  ['username', ['ada', 'a.b_c-9', text(LIMITS.usernameChars)]],
  ['bytes', ['AA', encoded(1), encoded(4)]],
  ['exactBytes', [encoded(32)]],
  ['int', [1, 200]],
  ['bigInt', [0, Number.MAX_SAFE_INTEGER]],
  ['flag', [true, false]],
  ['oneOf', ['red', 'green']],
  ['time', ['2026-11-22T09:30:00.000Z']],
  ['nested', [{ name: 'a' }]],
  ['list', [[{ name: 'a' }], [{ name: 'a' }, { name: 'b' }]]],
  ['usernames', [['ada'], ['ada', 'grace']]],
  ['seqMap', [{}, { [UUID]: 0 }, { [UUID]: 1, [UUID_V7]: Number.MAX_SAFE_INTEGER }]],
  [
    'either',
    [
      { form: 'circle', radius: 1 },
      { form: 'square', side: 9 },
    ],
  ],
  ['nullableText', ['x', null]],
  ['nullableChoice', ['red', null]],
  ['nullableNested', [{ name: 'a' }, null]],
  ['optional', ['x']],
];

const REFUSED: readonly [keyof typeof SHAPES, readonly unknown[]][] = [
  ['text', ['', 'x', text(5), 12, true, null, ['xx'], { length: 2 }, Buffer.from('xx')]],
  ['patterned', ['', 'b', 'ab', 'a\nb']],
  [
    'uuid',
    [UUID.toUpperCase(), UUID.slice(1), `${UUID}0`, UUID.replaceAll('-', ''), `{${UUID}}`, `${UUID}\n`, '', 7, [UUID]],
  ],
  ['uuidV7', [UUID, UUID_V7.replace('-8', '-c'), UUID_V7.toUpperCase()]],
  ['username', ['ab', text(33), 'Ada', 'ada b', 'ädа', "ada'--", 'ada\u0000', '../ada', 7, { $ne: null }]],
  ['bytes', ['', 'A', 'AAA=', 'A A', '+/+/', 'AB', encoded(5), 'ÄÄ', 7, ['AA'], Buffer.from('AA')]],
  ['exactBytes', [encoded(31), encoded(33), `${encoded(32).slice(0, -1)}_`]],
  ['int', [0, 201, 1.5, 1e9, -1, NaN, Infinity, '5', true, null, [5]]],
  ['bigInt', [-1, Number.MAX_SAFE_INTEGER + 1, Infinity]],
  ['flag', ['true', 'false', 0, 1, null, []]],
  ['oneOf', ['blue', 'RED', '', ['red'], null, 0]],
  ['time', ['yesterday', '', 7, null]],
  ['nested', [{}, { name: '' }, { name: 'a', more: 1 }, [], 'a', null, [{ name: 'a' }]]],
  ['list', [[], [{ name: 'a' }, { name: 'b' }, { name: 'c' }], [{}], [null], { 0: { name: 'a' } }, 'a', null]],
  ['usernames', [[], ['ada', 'ada'], ['a', 'grace'], ['ada', 'grace', 'eve'], ['ada', 7], 'ada', { length: 1 }]],
  ['seqMap', [[], null, { x: 1 }, { [UUID]: -1 }, { [UUID]: 1.5 }, { [UUID]: '1' }, { [UUID.toUpperCase()]: 1 }]],
  [
    'either',
    [{}, { form: 'circle' }, { form: 'circle', side: 1 }, { form: 'star', side: 1 }, { side: 1 }, null, [], 'circle'],
  ],
  ['nullableText', [text(5), 7]],
  ['nullableChoice', ['blue', 'null']],
  ['nullableNested', [{}, 'null']],
  ['optional', [null, 7]],
];

describe('the check of a body', () => {
  it.each(ACCEPTED)('accepts as %s what is one', (kind, values) => {
    for (const it of values) expect(() => assertShape(SHAPES[kind], { it }, 'body')).not.toThrow();
  });

  it.each(REFUSED)('refuses as %s what is none, and names the field', (kind, values) => {
    for (const it of values) {
      const paths = refusal(SHAPES[kind], { it }).errors?.map(({ path }) => path) ?? [];
      expect([it, paths.every((path) => path === '/it' || path.startsWith('/it/'))]).toEqual([it, true]);
    }
  });

  it('counts the entries of a map', () => {
    const three = Object.fromEntries([UUID, UUID_V7, UUID.replace('0198', '0199')].map((id) => [id, 1]));
    expect(refusal(SHAPES.seqMap, { it: three }).errors).toMatchObject([{ path: '/it' }]);
  });

  it('changes nothing: what is the wrong type stays refused', () => {
    const body = { it: '5' };
    refusal(SHAPES.int, body);
    expect(body).toEqual({ it: '5' });
  });

  it('needs every field that is not optional, and no other', () => {
    expect(refusal(SHAPES.text, {}).errors).toEqual([{ path: '', message: "must have required property 'it'" }]);
    expect(() => assertShape(SHAPES.optional, {}, 'body')).not.toThrow();
    expect(refusal(SHAPES.optional, { it: undefined, other: 1 }).errors).toMatchObject([{ path: '/other' }]);
  });

  it.each([
    '{"__proto__":{"it":"xx"}}',
    '{"constructor":{},"it":"xx"}',
    '{"toString":1,"it":"xx"}',
    '{"hasOwnProperty":1,"it":"xx"}',
  ])('is not fooled by %s', (json) => {
    expect(refusal(SHAPES.text, JSON.parse(json)).code).toBe('invalid_request');
  });

  it('takes inherited values for absent ones', () => {
    expect(refusal(SHAPES.text, Object.create({ it: 'xx' }))).toBeInstanceOf(InvalidRequest);
  });

  it.each([[null], [undefined], ['text'], [7], [[]], [[{ it: 'xx' }]], [true]])(
    'refuses %j, which is no object',
    (value) => {
      expect(refusal(SHAPES.text, value).errors).toMatchObject([{ path: '' }]);
    },
  );

  it('points to a field however deep, and never quotes what it held', () => {
    const secret = 'a-secret-that-somebody-typed-into-the-wrong-field';
    const inList = refusal(SHAPES.list, { it: [{ name: 'a' }, { name: secret }] });
    expect(inList.errors).toMatchObject([{ path: '/it/1/name' }]);
    const mistakes = [
      inList,
      refusal(SHAPES.oneOf, { it: secret }),
      refusal(SHAPES.uuid, { it: secret }),
      refusal(SHAPES.bytes, { it: secret }),
      refusal(SHAPES.int, { it: secret }),
      refusal(SHAPES.either, { it: { form: secret } }),
    ];
    expect(JSON.stringify(mistakes.map(({ errors, message }) => ({ errors, message })))).not.toContain(secret);
  });

  it('cuts the name of a field that nobody knows', () => {
    const [error] = refusal(SHAPES.text, { it: 'xx', [text(5_000)]: 1 }).errors ?? [];
    expect(error?.path).toBe(`/${text(64)}`);
  });

  it('knows the fields of a class and those it inherits', () => {
    class Child extends InnerShape {
      @Flag({ about: 'More.' })
      more: boolean;
    }
    expect(() => assertShape(Child, { name: 'a', more: true }, 'body')).not.toThrow();
    expect(refusal(Child, { more: true }).errors).toMatchObject([{ path: '' }]);
    expect(refusal(InnerShape, { name: 'a', more: true }).errors).toMatchObject([{ path: '/more' }]);
  });
});

describe('base64url', () => {
  it('has one text for each string of bytes, the one that Node writes', () => {
    for (const length of [0, 1, 2, 3, 4, 31, 32, 33])
      for (const fill of [0x00, 0x5a, 0xff]) {
        const written = Buffer.alloc(length, fill).toString('base64url');
        expect([written, isBase64Url(written)]).toEqual([written, true]);
      }
    const twoCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
      .split('')
      .map((last) => `A${last}`);
    const faithful = twoCharacters.filter((one) => Buffer.from(one, 'base64url').toString('base64url') === one);
    expect(twoCharacters.filter(isBase64Url)).toEqual(faithful);
  });

  it.each(['A', 'AAAAA', 'AA==', 'AA=', 'A+/A', 'AA\n', ' AA', 'AÄ', 'AB', 'AAB'])('is not %j', (given) => {
    expect(isBase64Url(given)).toBe(false);
  });
});
