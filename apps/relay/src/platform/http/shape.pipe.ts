import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { fieldsOf, type Shape } from './fields.js';
import { assertShape } from './shape-validator.js';

/** Checks every body, query and path parameter that a handler declares by a shape. */
@Injectable()
export class ShapePipe implements PipeTransform {
  transform(value: unknown, { metatype, type }: ArgumentMetadata): unknown {
    if (type === 'custom' || !isShape(metatype)) return value;
    if (type === 'body') {
      assertShape(metatype, value ?? {}, 'body');
      return value ?? {};
    }
    // Values are converted in place, and Fastify's query object has no prototype: both want a copy.
    const copy = { ...(value as object) };
    assertShape(metatype, copy, 'query');
    return copy;
  }
}

const shapes = new WeakMap<object, boolean>();

/** Whether a parameter's type declares fields; asked on every request, so the answer is kept. */
function isShape(metatype: unknown): metatype is Shape {
  if (typeof metatype !== 'function') return false;
  let known = shapes.get(metatype);
  if (known === undefined) shapes.set(metatype, (known = fieldsOf(metatype as Shape).size > 0));
  return known;
}
