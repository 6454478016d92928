import { Forbidden } from '../platform/errors/refusal.js';
import type { Caller } from '../platform/http/caller.js';

/** A socket stays with the session it was opened for: its rooms were joined for that one. */
export function assertSameSession(open: Caller, given: Caller): void {
  if (open.sessionId !== given.sessionId) throw new Forbidden('The token belongs to another session.');
}
