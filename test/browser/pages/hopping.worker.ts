import '../../../libs/sdk/src/browser/worker.js';
import { addHopsToCrypto } from './crypto-hops.js';

/** The worker of the SDK, in a browser whose WebCrypto is never done at once. */
addHopsToCrypto();
