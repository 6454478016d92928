import { useFormatter, useTranslations } from 'use-intl';
import { shownAs, shownName } from './shown-as.js';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** In the largest unit of which there is one. */
export function sizeIn(bytes: number): { readonly value: number; readonly unit: (typeof UNITS)[number] } {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return { value: bytes / 1000 ** power, unit: UNITS[power] ?? 'byte' };
}

/** @returns a size in words: “2.4 MB”. */
export function useSizeText(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const { value, unit } = sizeIn(bytes);
    const maximumFractionDigits = value < 100 && bytes >= 1_000_000 ? 1 : 0;
    return format.number(value, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits });
  };
}

/** @returns how far something is: “42%”. */
export function usePercentText(): (part: { readonly done: number; readonly bytes: number }) => string {
  const format = useFormatter();
  return ({ done, bytes }) => format.number(bytes === 0 ? 1 : done / bytes, { style: 'percent' });
}

interface NamedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly caption?: string;
}

/** @returns a file in words, also where it cannot be seen: “Photo: beach.jpg”. */
export function useFileText(): (file: NamedFile) => string {
  const t = useTranslations('files');
  return ({ name, mediaType, caption }) => {
    const text = t('named', { kind: shownAs(mediaType) ?? 'other', name: shownName(name) });
    return caption === undefined ? text : `${caption} (${text})`;
  };
}

/** Minutes and seconds: “0:07”. */
export function clockText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}
