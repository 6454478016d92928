import { v7 } from 'uuid';
import type { Recipe } from './recipes.js';
import type { World } from './world.js';

type Special = (world: World) => Promise<Partial<Recipe>>;

/** Of admins, about somebody whom nobody else needs. */
export const ADMIN_RECIPES: Readonly<Record<string, Special>> = {
  adminListUsers: async ({ administration }) => ({ by: await administration.acting(), query: { search: 'u' } }),
  adminListSecurityEvents: async ({ administration }) => ({ by: await administration.acting(), query: {} }),
  adminGetUser: toTarget,
  adminSuspendUser: toTarget,
  adminUnsuspendUser: toTarget,
  adminEndSessions: toTarget,
  adminListMfaResets: byAdmin,
  adminAskMfaReset: async ({ administration }) => {
    const username = await administration.freeToAsk();
    return { by: await administration.acting(), body: { username } };
  },
  adminApproveMfaReset: toRequest,
  adminDeclineMfaReset: toRequest,
  adminGetSettings: byAdmin,
  // Others register meanwhile, and what they say is not to be erased.
  adminSetRegistration: async (world) => ({ ...(await byAdmin(world)), body: { registration: 'open' } }),
  adminSetRetention: async (world) => ({ ...(await byAdmin(world)), body: { maxDays: null } }),
  adminListInvitations: byAdmin,
  adminMakeInvitation: byAdmin,
  adminRevokeInvitation: async ({ administration }) => ({
    by: await administration.acting(),
    values: { id: await administration.invitation() },
  }),
  adminAnnounce: async ({ administration }) => {
    await administration.makeRoom();
    return { by: await administration.acting() };
  },
  adminWithdrawAnnouncement: async ({ administration }) => ({
    by: await administration.acting(),
    values: { id: await administration.announcement() },
  }),
  adminGetAllowance: toTarget,
  adminSetQuotas: toTarget,
  adminSetLimits: toTarget,
  adminLiftLimits: toTarget,
  adminGetStatistics: byAdmin,
};

async function byAdmin({ administration }: World): Promise<Partial<Recipe>> {
  return { by: await administration.acting(), query: {} };
}

async function toTarget({ administration }: World): Promise<Partial<Recipe>> {
  return { by: await administration.acting(), values: { username: administration.target.username } };
}

async function toRequest({ administration }: World): Promise<Partial<Recipe>> {
  const { by, id } = await administration.asked();
  return { by, values: { id: id === 'undefined' ? v7() : id } };
}
