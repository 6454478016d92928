import type { components } from '#api-client';
import type { MembersChange } from '#protocol';

/** A place of a log that has something to tell. */
export type LogEntry = components['schemas']['EntryDto'];
/** Places whose entries are gone. */
type LogGap = components['schemas']['GapItemDto'];
export type LogItem = LogEntry | LogGap;

/** As the relay's document has it, against which its answers are held in all tests; undefined when there is nothing of it. */
export function membersChangeOf({ change }: LogEntry): MembersChange | undefined {
  return (change ?? undefined) as MembersChange | undefined;
}

/** The first place that an item stands at. */
export function firstSeq(item: LogItem): number {
  return 'gap' in item ? item.gap.from : item.seq;
}

/** The last one. */
export function lastSeq(item: LogItem): number {
  return 'gap' in item ? item.gap.to : item.seq;
}
