type Constructor = new () => object;

/** What the database holds, given by the application, since this folder knows no feature. */
export interface Schema {
  readonly entities: readonly Constructor[];
  readonly migrations: readonly (new () => object)[];
}

/** Injection token of the {@link Schema}. */
export const SCHEMA = Symbol('SCHEMA');
