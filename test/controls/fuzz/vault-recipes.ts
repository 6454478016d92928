import { randomBytes } from 'node:crypto';
import { call, type Seeded } from '#testing';
import { v7 } from 'uuid';
import { PUSH_TARGET } from '../../e2e/outsider-scene.js';
import type { Recipe } from './recipes.js';
import { type Asker, nobody, type World } from './world.js';

type Special = (world: World, random: Seeded) => Promise<Partial<Recipe>>;

const NEW = { 'if-none-match': '*' };
const BLOB = { body: 'AAAA' };
const STRONG = { algorithm: 'argon2id', memoryKiB: 65_536, iterations: 3, parallelism: 1 };

/** What is asked for is made first. */
export const VAULT_RECIPES: Readonly<Record<string, Special>> = {
  getVaultItem: async (world, random) => withBlob(world, world.asker(random), 'fuzz'),
  putVaultItem: (world, random) => Promise.resolve({ by: world.asker(random), values: { name: v7() }, headers: NEW }),
  deleteVaultItem: async (world, random) => ({
    ...(await withBlob(world, world.asker(random), v7())),
    headers: { 'if-match': '"1"' },
  }),
  setRecovery: (world, random) => confirmedBy(world.asker(random)),
  removeRecovery: (world, random) => confirmedBy(world.asker(random)),
  openRecovery: async (world, random) => {
    const by = world.asker(random);
    return { by, body: { username: by.username, recoveryKey: await recoveryKeyOf(world, by) } };
  },
  // It ends all sessions, so the account is one of those that may go; who recovers one has it again.
  completeRecovery: async (world) => {
    const by = world.accounts.pop() ?? nobody();
    const { username } = by;
    const kdf = { ...STRONG, salt: randomBytes(16).toString('base64url') };
    const device = { device: { name: 'fuzz' }, deviceId: undefined, transport: 'body' };
    return { by, body: { username, recoveryKey: await recoveryKeyOf(world, by), kdf, ...device } };
  },
  getPush: async (world, random) => ({ by: await woken(world, world.asker(random)) }),
  // The point of a curve, and a host that a relay may call, are not to be drawn by chance.
  registerPush: (world, random) => Promise.resolve({ by: world.asker(random), body: { target: PUSH_TARGET } }),
  mutePush: async (world, random) => ({ by: await woken(world, world.asker(random)), body: { until: dateOf(random) } }),
  unmutePush: async (world, random) => ({ by: await woken(world, world.asker(random)) }),
  getLinkingOffer: async (world) => ({ values: { slotId: (await opened(world)).slotId } }),
  answerLinking: async (world) => ({ values: { slotId: (await opened(world)).slotId } }),
  provideLinking: async (world, random) => {
    const [{ slotId }, by] = [await opened(world), world.asker(random)];
    await call(world, 'PUT', `/v1/linking/${slotId}/answer`, { token: by.token, body: { answer: 'AAAA' } });
    return { by, values: { slotId } };
  },
  readLinking: async (world) => {
    const { slotId, readKey } = await opened(world);
    return { values: { slotId }, body: { readKey } };
  },
};

/** The same blob once more changes nothing, and the recipe works all the same. */
async function withBlob(world: World, by: Asker, name: string): Promise<Partial<Recipe>> {
  await call(world, 'PUT', `/v1/vault/${name}`, { token: by.token, headers: NEW, body: BLOB });
  return { by, values: { name } };
}

async function woken(world: World, by: Asker): Promise<Asker> {
  await call(world, 'PUT', '/v1/push', { token: by.token, body: { target: PUSH_TARGET } });
  return by;
}

/** Any that JavaScript knows: PostgreSQL knows fewer. */
function dateOf(random: Seeded): string | undefined {
  const ms = random.between(-8_640_000_000_000_000, 8_640_000_000_000_000);
  return random.oneIn(4) ? undefined : new Date(ms).toISOString();
}

function confirmedBy(by: Asker): Promise<Partial<Recipe>> {
  return Promise.resolve({ by, body: { authKey: by.authKey } });
}

async function recoveryKeyOf(world: World, { token, authKey }: Asker): Promise<string> {
  const recoveryKey = randomBytes(32).toString('base64url');
  await call(world, 'PUT', '/v1/auth/recovery', { token, body: { authKey, recoveryKey, vaultRoot: BLOB } });
  return recoveryKey;
}

async function opened(world: World): Promise<{ slotId: string; readKey: string }> {
  return (await call(world, 'POST', '/v1/linking', { body: { offer: 'AAAA' } })).body as {
    slotId: string;
    readKey: string;
  };
}
