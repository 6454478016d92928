import type { Messages } from './en.js';

/** The name of each language in itself, for who is to choose it. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

const KEY = 'sealpost.language';

export function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && Object.hasOwn(LANGUAGES, value);
}

/** What was chosen here, or the first of the browser's that there is. */
export function preferredLanguage(): Language {
  const chosen = localStorage.getItem(KEY);
  if (isLanguage(chosen)) return chosen;
  return navigator.languages.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

/** The language as it is written where the browser is at home: `en-GB` has other dates than `en`. */
export function localeOf(language: Language): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
}

/** Only the language that is shown is loaded. */
export async function messagesOf(language: Language): Promise<Messages> {
  return language === 'en' ? (await import('./en.js')).en : (await import('./de.js')).de;
}
