import { SdkError } from '../sdk.errors.js';

/** The worker is gone, or has never begun. What was asked of it may have been done; what it had stored is stored. Connect another. */
export class WorkerEndedError extends SdkError {
  override readonly name = 'WorkerEndedError';
  readonly code = 'worker_ended';

  constructor(options?: ErrorOptions) {
    super('The worker has ended.', options);
  }
}
