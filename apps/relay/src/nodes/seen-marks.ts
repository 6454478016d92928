import type { AccountId } from '#protocol';

/** What accounts' marks were when they were looked at last. */
export class SeenMarks {
  private readonly marks = new Map<AccountId, string>();

  /** Remembers the marks. @returns the accounts whose mark is another one than it was, or was not known. */
  differing(marks: ReadonlyMap<AccountId, string>): AccountId[] {
    const differing: AccountId[] = [];
    for (const [account, mark] of marks) {
      if (this.marks.get(account) !== mark) differing.push(account);
      this.marks.set(account, mark);
    }
    return differing;
  }

  forget(): void {
    this.marks.clear();
  }
}
