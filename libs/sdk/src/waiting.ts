/** How long somebody waits. */
export interface Waiting {
  /** Ends the waiting. What is under way is finished, or taken up later: a group is never left half changed. */
  readonly signal?: AbortSignal;
}

/** @throws the signal's reason once it ends the waiting; what fails later fails unheard. */
export async function waitingFor<T>(work: Promise<T>, { signal }: Waiting): Promise<T> {
  if (signal === undefined) return work;
  let onAbort = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    onAbort = resolve;
    if (signal.aborted) resolve();
  });
  signal.addEventListener('abort', onAbort);
  try {
    await Promise.race([work, ended]);
    signal.throwIfAborted();
    return await work;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
