/** What shapes here are made of. All of zod would be half of the SDK in a browser, most of it messages in languages nobody asks for. */
export {
  array,
  boolean,
  config,
  custom,
  discriminatedUnion,
  int,
  literal,
  looseObject,
  number,
  object,
  type output,
  string,
  tuple,
  unknown,
  uuid,
  type ZodType,
} from 'zod';
