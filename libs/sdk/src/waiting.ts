/** How long somebody waits. */
export interface Waiting {
  /** Ends the waiting. What is under way is finished, or taken up later: a group is never left half changed. */
  readonly signal?: AbortSignal;
}

/** @throws the signal's reason once it ends the waiting; what fails later fails unheard. */
export async function waitingFor<T>(work: Promise<T>, { signal }: Waiting): Promise<T> {
  if (signal === undefined) return work;
  let onAbort = (): void => undefined;
  const ended = new Promise<never>((_resolve, reject) => {
    onAbort = (): void => reject(reasonOf(signal));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function reasonOf({ reason }: AbortSignal): Error {
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
