import type { Shape } from './fields.js';
import { assertShape } from './shape-validator.js';
import { refusal, SHAPES } from './shapes.fixture.js';

describe('the check of a query', () => {
  const read = (shape: Shape, it: unknown): unknown => {
    const query = { it };
    assertShape(shape, query, 'query');
    return query.it;
  };

  it.each([
    [SHAPES.int, '5', 5],
    [SHAPES.int, '200', 200],
    [SHAPES.int, '007', 7],
    [SHAPES.bigInt, '9007199254740991', Number.MAX_SAFE_INTEGER],
    [SHAPES.flag, 'true', true],
    [SHAPES.flag, 'false', false],
    [SHAPES.text, '1234', '1234'],
    [SHAPES.patterned, 'aa', 'aa'],
  ])('reads the text of a number or a flag', (shape, given, value) => {
    expect(read(shape, given)).toBe(value);
  });

  it.each([
    '0',
    '201',
    '-1',
    '1.0',
    '1e2',
    '0x10',
    ' 5',
    '5 ',
    '+5',
    '',
    'five',
    'Infinity',
    '-Infinity',
    'NaN',
    '1e999',
    'null',
    '٥',
  ])('takes no number from %j', (given) => {
    expect(refusal(SHAPES.int, { it: given }, 'query').errors).toMatchObject([{ path: '/it' }]);
  });

  it.each(['9007199254740992', '9999999999999999', '99999999999999999999', '-1'])(
    'lets no number out of its bounds: %s',
    (given) => {
      expect(refusal(SHAPES.bigInt, { it: given }, 'query').errors).toMatchObject([{ path: '/it' }]);
    },
  );

  it.each(['yes', '1', '0', 'TRUE', ''])('takes no flag from %j', (given) => {
    expect(refusal(SHAPES.flag, { it: given }, 'query').errors).toMatchObject([{ path: '/it' }]);
  });

  it('refuses a value that is given twice', () => {
    expect(refusal(SHAPES.int, { it: ['5', '5'] }, 'query').errors).toMatchObject([{ path: '/it' }]);
    expect(refusal(SHAPES.text, { it: ['xx', 'xx'] }, 'query').errors).toMatchObject([{ path: '/it' }]);
  });
});
