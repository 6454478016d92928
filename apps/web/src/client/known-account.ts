const KEY = 'sealpost.has-account';

/** Remembers that this browser has an account: where its store is empty all the same, the browser has lost it. */
export class KnownAccount {
  constructor(private readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {}

  get isKnown(): boolean {
    return this.storage.getItem(KEY) !== null;
  }

  remember(): void {
    this.storage.setItem(KEY, 'yes');
  }

  forget(): void {
    this.storage.removeItem(KEY);
  }
}
