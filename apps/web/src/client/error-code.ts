/** The code by which what was thrown is known; `unknown` for what is nobody's refusal. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

/** What the relay says when it takes this device for none of the account's, or has ended its session. */
const ENDED: readonly string[] = ['invalid_token', 'invalid_refresh_token', 'refresh_token_reused'];

export function hasEndedSession(error: unknown): boolean {
  return ENDED.includes(errorCode(error));
}

/** What is asked for while the account is locked, or taken over by another tab, nobody is there any more to see. */
const GONE: readonly string[] = ['locked', 'store_locked', 'store_closed', 'worker_ended'];
/** What could not be stored is asked for again, or comes again; that there is no room is told where messages wait for it. */
const NO_ROOM = 'store_full';

/** Work for a page that may be gone before it is done, and that nobody waits for. */
export async function unlessGone(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (![...GONE, NO_ROOM].includes(errorCode(error))) throw error;
  }
}
