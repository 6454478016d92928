/**
 * Asks the browser not to delete what is stored here when the device runs out of room. A browser may ask its user, so this
 * is for a moment when that makes sense.
 *
 * @returns false if it may still be deleted: the user should know, and have another way back into the account.
 */
export async function keepStorage(): Promise<boolean> {
  return (await navigator.storage.persisted()) || (await navigator.storage.persist());
}
