interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** What a list of the relay has, page by page. */
export async function* everyItem<Item>(
  pageAt: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<Item> = await pageAt(cursor);
    yield* page.items;
    cursor = page.nextCursor;
  }
}
