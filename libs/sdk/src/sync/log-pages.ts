import type { LogItem } from './log-item.js';

/**
 * So many items are applied with one write: most of what a message costs beside its decryption is that it is on disk. More would
 * keep whoever sends in the conversation waiting, and have more done again after an end.
 */
const MOST_ITEMS = 50;

/** Items of a log that are delivered together. */
export type LogItems = readonly [LogItem, ...LogItem[]];

/** A log in pages. What may change who is in the group stands alone: what comes behind it is looked at anew. */
export function pagesOf(items: readonly LogItem[]): LogItems[] {
  const pages: [LogItem, ...LogItem[]][] = [];
  let isOpen = false;
  for (const item of items) {
    const page = pages.at(-1);
    if (page !== undefined && isOpen && !standsAlone(item)) page.push(item);
    else pages.push([item]);
    isOpen = !standsAlone(item) && (pages.at(-1)?.length ?? 0) < MOST_ITEMS;
  }
  return pages;
}

function standsAlone(item: LogItem): boolean {
  return !('gap' in item) && ['commit', 'members'].includes(item.kind);
}
