import { call, type Seeded } from '#testing';
import { v7 } from 'uuid';
import type { Recipe } from './recipes.js';
import type { World } from './world.js';

type Special = (world: World, random: Seeded) => Promise<Partial<Recipe>>;

/** As a device that is known, as the sign-in was. */
const KNOWN = { device: undefined, transport: 'body' };

/** What is asked for is made first, of somebody whose account takes a second factor. */
export const MFA_RECIPES: Readonly<Record<string, Special>> = {
  getMfa: async ({ guarded }) => Promise.resolve({ by: guarded.user }),
  beginTotp: confirmed,
  beginPasskey: confirmed,
  renewRecoveryCodes: confirmed,
  confirmTotp: async ({ guarded }) => {
    const { id, code } = await guarded.begunTotp();
    return { by: guarded.user, values: { id }, body: { code } };
  },
  addPasskey: async ({ guarded }) => ({ by: guarded.user, body: await guarded.madePasskey() }),
  removeFactor: async ({ guarded }) => {
    const { authKey } = await guarded.freshen();
    return { by: guarded.user, values: { id: guarded.spares.pop() ?? v7() }, body: { authKey } };
  },
  stepUp: async ({ guarded }) => {
    const { token, challenge } = await guarded.stale();
    const { username, authKey } = guarded.user;
    return { by: { username, authKey, token }, body: guarded.answer(challenge) };
  },
  untrustDevice: async ({ guarded }) => ({
    by: guarded.user,
    values: { deviceId: await guarded.trustedDevice() },
  }),
  finishSignIn: async ({ guarded }) => ({ body: { ...(await guarded.finishing()), ...KNOWN } }),
  signInByPasskey: async (world) => {
    const { guarded } = world;
    const { body } = await call(world, 'POST', '/v1/auth/mfa/passkey-sign-in/options', { body: {} });
    const { challenge } = body as { challenge: string };
    return { body: { challenge, assertion: guarded.assertion(challenge), deviceId: guarded.user.deviceId, ...KNOWN } };
  },
};

async function confirmed({ guarded }: World): Promise<Partial<Recipe>> {
  const by = await guarded.freshen();
  return { by, body: { authKey: by.authKey } };
}
