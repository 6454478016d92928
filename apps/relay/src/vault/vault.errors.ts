import { InvalidRequest, Refusal } from '../platform/errors/refusal.js';

/** Somebody wrote in between, or the name was never used: the client reads, and decides anew. */
export class PreconditionFailed extends Refusal {
  constructor(currentVersion: number) {
    super('precondition_failed', 'Another version is the current one.', { currentVersion });
  }
}

/** A blind write would undo what another device of the same account has just written. */
export class PreconditionRequired extends Refusal {
  constructor() {
    super('precondition_required', 'Name the version to replace in If-Match, or send If-None-Match: * for a new name.');
  }
}

export class VaultFull extends Refusal {
  constructor(names: number, bytes: number) {
    super('vault_full', `A vault holds ${String(names)} names, deleted ones included, and ${String(bytes)} bytes.`);
  }
}

/** The root was re-wrapped from another version than the current one. */
export class StaleRoot extends Refusal {
  constructor(currentVersion: number) {
    super('stale_version', 'The root of the vault has another version by now.', { currentVersion });
  }
}

/** A new password without the root under it would leave a vault that nobody can open any more. */
export class RootNeeded extends InvalidRequest {
  constructor() {
    super([{ path: '/vaultRoot', message: 'is required: the account has a vault, which the new password must open' }]);
  }
}
