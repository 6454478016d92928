import type { useFormatter } from 'use-intl';

/** A day as people write it; `never` where there is none. */
export function dayText(format: ReturnType<typeof useFormatter>, day: string | null): string {
  return day === null ? 'never' : format.dateTime(new Date(`${day}T00:00:00`), { dateStyle: 'medium' });
}
