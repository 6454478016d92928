/** What the browser keeps, and what became of it. */
export const enKept = {
  kept: {
    newer: 'A new version of Sealpost is ready. It asks for your password once.',
    take: 'Use it now',
    storeTrouble:
      '{trouble, select, store_full {There is no room left on this device. New messages wait on the server until there is: free some space, or delete data of other websites in this browser.} other {This browser could not store what has come. It waits on the server: try again, or close this tab and open Sealpost again.}}',
    storeTryAgain: 'Try again',
    lostTitle: 'This browser has lost what was stored',
    lostLead:
      'Browsers delete data of websites when a device runs out of room, or when somebody clears it. Your account is still there.',
    lostNothingRead: 'Nobody can read what was deleted. It was encrypted.',
    lostNewDevice:
      'Sign in again, and this browser becomes a new device with new keys. What is written from then on arrives here.',
    lostHistory: 'Earlier messages are on your other devices, if you have any.',
    lostSignIn: 'Sign in again',
    lostRecover: 'Use a recovery code',
  },
};
