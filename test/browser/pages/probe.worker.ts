import { offer } from './offer.js';
import { exportedKeys, secretKeys, spyOnKeys } from './key-spy.js';
import { breakPut, fillUp, mendPut } from './broken-put.js';

/** What tests ask of the worker of the web app (test/browser/probe.ts). */

spyOnKeys();
offer({ breakPut, exportedKeys, fillUp, mendPut, secretKeys });
