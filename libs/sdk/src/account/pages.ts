const MOST_ON_A_PAGE = 200;

/** Which page of a list is asked for: the first, or the one after another. */
export interface PageOptions {
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
}

export function pageAt({ cursor }: PageOptions): { limit: number; cursor?: string } {
  return { limit: MOST_ON_A_PAGE, ...(cursor === undefined ? {} : { cursor }) };
}
