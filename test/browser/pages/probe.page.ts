import { offer } from './offer.js';
import { flawOfFocus } from './focus.js';
import { cachedFiles, everythingStored, placesStored } from './stored.js';
import { askElsewhere, cookies, putMarkup, setTrap, sprung, strangers } from './script-trap.js';
import { update } from './kept-app.js';

/** What tests ask of a page of the web app (test/browser/probe.ts). */

setTrap();
offer({
  askElsewhere,
  cachedFiles,
  cookies,
  everythingStored,
  flawOfFocus,
  placesStored,
  putMarkup,
  sprung,
  strangers,
  update,
});
