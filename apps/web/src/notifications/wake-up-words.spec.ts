import { de } from '../i18n/de.js';
import { en } from '../i18n/en.js';
import { WORDS } from '../../service-worker/words.js';

describe('what the service worker tells', () => {
  it('is what the app would, in each of its languages', () => {
    expect(WORDS).toEqual({ en: en.notifications.quiet, de: de.notifications.quiet });
  });
});
