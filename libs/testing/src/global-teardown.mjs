/** Ends what global-setup started. Jest wants a default export. */
export default async function globalTeardown() {
  await globalThis.testPostgres?.stop();
  globalThis.testPostgres = undefined;
}
