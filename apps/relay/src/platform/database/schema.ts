type Constructor = new () => object;

/** What the database holds, given by the application, since this folder knows no feature. */
export interface Schema {
  readonly entities: readonly Constructor[];
  readonly migrations: readonly (new () => object)[];
  /** Tables in which the application role may do less than read and write rows: what it may, in the words of GRANT. */
  readonly guarded: Readonly<Record<string, 'SELECT' | 'SELECT, INSERT'>>;
}

/** Injection token of the {@link Schema}. */
export const SCHEMA = Symbol('SCHEMA');
