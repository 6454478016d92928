export type Body = Record<string, unknown>;

/** A place in a body where a text stands. */
export interface TextPlace {
  /** JSON Pointer. */
  readonly path: string;
  /** The body with another text there. */
  put(text: string): Body;
}

/** Every place in a body where a text stands, and in every object one more, where the text is a name. */
export function textsIn(body: Body): TextPlace[] {
  return [...Object.entries(body).flatMap(([name, value]) => below(body, name, value)), ofName(body)];
}

function below(body: Body, name: string, value: unknown): TextPlace[] {
  const replaced = (inner: unknown): Body => ({ ...body, [name]: inner });
  if (typeof value === 'string') return [{ path: `/${name}`, put: replaced }];
  if (Array.isArray(value)) return [{ path: `/${name}/0`, put: (text) => replaced([text, ...value.slice(1)]) }];
  if (typeof value !== 'object' || value === null) return [];
  return textsIn(value as Body).map(({ path, put }) => ({
    path: `/${name}${path}`,
    put: (text) => replaced(put(text)),
  }));
}

function ofName(body: Body): TextPlace {
  return { path: '/*', put: (text) => ({ ...body, [text]: 1 }) };
}
