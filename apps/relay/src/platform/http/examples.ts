import type { Shape } from './fields.js';

const examplesByShape = new Map<string, Readonly<Record<string, object>>>();

/**
 * Examples of a shape, by name, for where putting those of its fields together would make no sense: fields that exclude
 * each other, or whose values depend on one another.
 */
export function Examples<Of extends Shape>(
  examples: Readonly<Record<string, Readonly<Partial<InstanceType<Of>>>>>,
): (shape: Of) => void {
  return (shape) => void examplesByShape.set(shape.name, examples);
}

/** The examples of the shape that is called so, if it has any of its own. */
export function examplesOf(shape: string): Readonly<Record<string, object>> | undefined {
  return examplesByShape.get(shape);
}
