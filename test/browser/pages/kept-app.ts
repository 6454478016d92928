/** Asks for a newer version of the app, as browsers do once in a while. @returns what has become of it. */
export async function update(): Promise<string> {
  const registration = await navigator.serviceWorker.ready;
  await registration.update();
  const { installing } = registration;
  if (installing === null) return registration.waiting === null ? 'none' : 'installed';
  await new Promise<void>((settled) =>
    installing.addEventListener('statechange', () => {
      if (installing.state !== 'installing') settled();
    }),
  );
  return installing.state;
}
