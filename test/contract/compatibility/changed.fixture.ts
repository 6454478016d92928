/** Where in a document, its steps with spaces between, and what stands there instead; undefined for nothing. */
export type Change = readonly [at: string, value: unknown];

/** A copy of a document with whatever a test changes in it. */
export function changed(document: object, changes: readonly Change[]): unknown {
  const made = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
  for (const [at, value] of changes) {
    const steps = at.split(' ');
    const last = steps.pop()!;
    const parent = steps.reduce((within, step) => within[step] as Record<string, unknown>, made);
    // What is undefined is not in a document that was read from a file.
    parent[last] = value;
  }
  return JSON.parse(JSON.stringify(made));
}
