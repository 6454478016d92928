import type { GroupPlace } from '#protocol';
import { Refusal } from '../platform/errors/refusal.js';

/** Another epoch than the group's: sync, and encrypt again. */
export class StaleEpoch extends Refusal {
  constructor(group: GroupPlace) {
    super('stale_epoch', 'The group is in another epoch by now.', { group });
  }
}

/** Whoever reads it, a removed device would: any member may commit the removal, and is to. */
export class RemovalPending extends Refusal {
  constructor() {
    super('removal_pending', 'A device has to be removed from the group before anybody sends again, or is let in.');
  }
}

export class IdReused extends Refusal {
  constructor() {
    super('id_reused', 'Somebody else has already used this id in this conversation.');
  }
}
