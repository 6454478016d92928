import type { SdkEvent } from '#sdk';
import { errorCode } from '../client/error-code.js';
import { Observable } from '../state/observable.js';

/** What the store could not do. */
const TROUBLES = ['store_full', 'store_failed'] as const;
type StoreTrouble = (typeof TROUBLES)[number];

/** Whether this device can store what comes: what it cannot store is not lost, and is not shown either. */
export class StoreState {
  readonly trouble = new Observable<StoreTrouble | undefined>(undefined);

  hear(event: SdkEvent): void {
    if (event.kind === 'synced') this.trouble.set(undefined);
    if (event.kind !== 'failed') return;
    const code = errorCode(event.error);
    const trouble = TROUBLES.find((one) => one === code);
    if (trouble !== undefined) this.trouble.set(trouble);
  }
}
