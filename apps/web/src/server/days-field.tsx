import type { ComponentProps, ReactNode } from 'react';
import { useTranslations } from 'use-intl';

const DAYS = [1, 7, 30, 90, 365] as const;
export const DEFAULT_DAYS = '7';

type DaysFieldProps = Omit<ComponentProps<'select'>, 'children' | 'className'> & { readonly label: string };

/** For how long something is to be good. */
export function DaysField({ label, ...select }: DaysFieldProps): ReactNode {
  const t = useTranslations('server');
  return (
    <label className="field">
      <span className="field-label">{label}</span>
      <select className="field-input" {...select}>
        {DAYS.map((days) => (
          <option key={days} value={String(days)}>
            {t('days', { days })}
          </option>
        ))}
      </select>
    </label>
  );
}

export function inSeconds(days: string): number {
  return Number(days) * 86_400;
}
