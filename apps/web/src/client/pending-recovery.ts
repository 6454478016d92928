const KEY = 'sealpost.recovery-code-not-kept';

/** Remembers, across reloads, that the owner has not said yet that the recovery code is kept. */
export class PendingRecovery {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  get isPending(): boolean {
    return this.storage.getItem(KEY) !== null;
  }

  begin(): void {
    this.storage.setItem(KEY, 'yes');
  }

  end(): void {
    this.storage.removeItem(KEY);
  }
}
