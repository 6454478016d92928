interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** All that a list has, page after page as it is taken. */
export async function* everyItem<Item>(
  pageAt: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item> {
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: Page<Item> = await pageAt(cursor);
    yield* page.items;
    cursor = page.nextCursor;
  }
}
