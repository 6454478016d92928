import type { ReactNode } from 'react';
import { useFormatter, useTranslations } from 'use-intl';

const DAY_MS = 86_400_000;

/** A time as a list shows it: today the hour, in the last week the day, else the date. */
export function When({ atMs }: { readonly atMs: number }): ReactNode {
  const format = useFormatter();
  const t = useTranslations('chat');
  const at = new Date(atMs);
  const days = daysAgo(at);
  const text =
    days <= 0
      ? format.dateTime(at, { timeStyle: 'short' })
      : days === 1
        ? t('yesterday')
        : format.dateTime(at, days < 7 ? { weekday: 'short' } : { dateStyle: 'short' });
  return (
    <time className="when" dateTime={at.toISOString()}>
      {text}
    </time>
  );
}

/** Midnights between a time and now. */
export function daysAgo(at: Date): number {
  const midnight = (date: Date): number => new Date(date).setHours(0, 0, 0, 0);
  return Math.round((midnight(new Date()) - midnight(at)) / DAY_MS);
}
