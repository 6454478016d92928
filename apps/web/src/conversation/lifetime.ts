import { useFormatter } from 'use-intl';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** What people choose from, in seconds. */
export const LIFETIMES = [5 * MINUTE, HOUR, 8 * HOUR, DAY, 7 * DAY, 28 * DAY] as const;

type Unit = 'second' | 'minute' | 'hour' | 'day' | 'week';

const UNITS: readonly (readonly [Unit, number])[] = [
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', HOUR],
  ['minute', MINUTE],
  ['second', 1],
];

/** In the largest unit that it is whole in. */
export function durationOf(seconds: number): { readonly count: number; readonly unit: Unit } {
  const [unit, length] = UNITS.find(([, one]) => seconds >= one && seconds % one === 0) ?? ['second', 1];
  return { count: seconds / length, unit };
}

/** @returns a duration in words: “4 weeks”. */
export function useDurationText(): (seconds: number) => string {
  const format = useFormatter();
  return (seconds) => {
    const { count, unit } = durationOf(seconds);
    return format.number(count, { style: 'unit', unit, unitDisplay: 'long' });
  };
}
