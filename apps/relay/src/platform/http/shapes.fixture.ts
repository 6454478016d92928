import { InvalidRequest } from '../errors/refusal.js';
import {
  Base64Url,
  Either,
  Flag,
  Int,
  ListOf,
  Nested,
  OneOf,
  SeqMap,
  type Shape,
  Text,
  Time,
  Username,
  UsernameList,
  Uuid,
  UuidV7,
} from './fields.js';
import { assertShape } from './shape-validator.js';

export const UUID = '0198c5a0-3f4e-4d3a-8b58-1f7f2a6c0d11';
export const UUID_V7 = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11';

export class InnerShape {
  @Text({ about: 'A name.', min: 1, max: 5 })
  name: string;
}

class CircleShape {
  @OneOf(['circle'], { about: 'Which form.' })
  form: string;

  @Int({ about: 'How large.', min: 1, max: 9 })
  radius: number;
}

class SquareShape {
  @OneOf(['square'], { about: 'Which form.' })
  form: string;

  @Int({ about: 'How large.', min: 1, max: 9 })
  side: number;
}

/** A shape with one field, `it`. */
function shapeOf(declare: PropertyDecorator): Shape {
  class OneField {
    it: unknown;
  }
  declare(OneField.prototype, 'it');
  return OneField;
}

const about = 'A field.';
/** One shape for each kind of field. */
export const SHAPES = {
  text: shapeOf(Text({ about, min: 2, max: 4 })),
  patterned: shapeOf(Text({ about, max: 9, pattern: '^a+$' })),
  uuid: shapeOf(Uuid({ about })),
  uuidV7: shapeOf(UuidV7({ about })),
  username: shapeOf(Username({ about })),
  bytes: shapeOf(Base64Url({ about, minBytes: 1, maxBytes: 4 })),
  exactBytes: shapeOf(Base64Url({ about, minBytes: 32, maxBytes: 32 })),
  int: shapeOf(Int({ about, min: 1, max: 200 })),
  bigInt: shapeOf(Int({ about, min: 0 })),
  flag: shapeOf(Flag({ about })),
  oneOf: shapeOf(OneOf(['red', 'green'], { about })),
  time: shapeOf(Time({ about })),
  nested: shapeOf(Nested(() => InnerShape, { about })),
  list: shapeOf(ListOf(() => InnerShape, { about, min: 1, max: 2 })),
  usernames: shapeOf(UsernameList({ about, min: 1, max: 2 })),
  seqMap: shapeOf(SeqMap({ about, max: 2 })),
  either: shapeOf(Either('form', [CircleShape, SquareShape], { about })),
  nullableText: shapeOf(Text({ about, max: 4, nullable: true })),
  nullableChoice: shapeOf(OneOf(['red'], { about, nullable: true })),
  nullableNested: shapeOf(Nested(() => InnerShape, { about, nullable: true })),
  optional: shapeOf(Text({ about, max: 4, optional: true })),
} as const satisfies Record<string, Shape>;

/** How a value is refused. @throws when it is accepted. */
export function refusal(shape: Shape, value: unknown, source: 'body' | 'query' = 'body'): InvalidRequest {
  try {
    assertShape(shape, value, source);
  } catch (error) {
    if (error instanceof InvalidRequest) return error;
    throw error;
  }
  throw new Error('it was accepted');
}
