import type { RelayClient } from '../relay/relay-client.js';

/** What others see of an account, and who may begin conversations with it. */
export interface Profile {
  readonly displayName: string;
  /** With `contacts`, everybody else only asks. */
  readonly privacy: 'everyone' | 'contacts';
}

/** @throws {RelayRefusal} and {RelayUnreachableError} */
export async function profileOf(relay: Pick<RelayClient, 'call'>): Promise<Profile> {
  const { displayName, privacy } = await relay.call((api) => api.GET('/v1/auth/me'));
  // A word of a later version is one more choice: whoever is not let in by it asks.
  return { displayName, privacy: privacy === 'everyone' ? privacy : 'contacts' };
}

/** @throws {RelayRefusal} and {RelayUnreachableError} */
export async function updateProfile(relay: Pick<RelayClient, 'call'>, change: Partial<Profile>): Promise<void> {
  await relay.call((api) => api.PATCH('/v1/auth/me', { body: change }));
}
