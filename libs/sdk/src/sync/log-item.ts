import type { components } from '#api-client';

/** A place of a log that has something to tell. */
export type LogEntry = components['schemas']['EntryDto'];
/** Places whose entries are gone. */
type LogGap = components['schemas']['GapItemDto'];
export type LogItem = LogEntry | LogGap;

/** The first place that an item stands at. */
export function firstSeq(item: LogItem): number {
  return 'gap' in item ? item.gap.from : item.seq;
}

/** The last one. */
export function lastSeq(item: LogItem): number {
  return 'gap' in item ? item.gap.to : item.seq;
}
