/** Whether something is as it should be, should be looked at, or has to be changed. */
type Verdict = 'ok' | 'warn' | 'fail';

/** What was found of one thing, in a line: never a secret, and of a URL no more than its host. */
export interface Finding {
  readonly verdict: Verdict;
  readonly what: string;
  /** How it is, and unless that is well, what to do. */
  readonly says: string;
}

export const ok = (what: string, says: string): Finding => ({ verdict: 'ok', what, says });
export const warn = (what: string, says: string): Finding => ({ verdict: 'warn', what, says });
export const fail = (what: string, says: string): Finding => ({ verdict: 'fail', what, says });

/** Why something failed, without what the operating system or a driver says around it. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for an unknown reason';
  const { cause } = error;
  return cause instanceof Error && cause.message !== '' ? cause.message : error.message || error.name;
}
