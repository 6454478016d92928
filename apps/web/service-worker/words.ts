/** What the service worker says, in each language of the app. */
export const WORDS: Readonly<Record<string, string>> = { en: 'New message', de: 'Neue Nachricht' };
