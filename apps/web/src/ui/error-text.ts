import { useTranslations } from 'use-intl';
import { errorCode } from '../client/error-code.js';
import { enFirst } from '../i18n/en-first.js';

type Known = keyof typeof enFirst.errors;

function isKnown(code: string): code is Known {
  return Object.hasOwn(enFirst.errors, code);
}

/** @returns what to tell people about something that was thrown. */
export function useErrorText(): (error: unknown) => string {
  const t = useTranslations('errors');
  return (error) => {
    const code = errorCode(error);
    return t(isKnown(code) ? code : 'unknown');
  };
}
