import { randomBytes } from 'node:crypto';
import { call, type Seeded, TestUser } from '#testing';
import { v7 } from 'uuid';
import { SCRAPE_TOKEN } from '../../scraping.js';
import { ADMIN_RECIPES } from './admin-recipes.js';
import { ATTACHMENT_RECIPES } from './attachment-recipes.js';
import { GROUP_RECIPES } from './group-recipes.js';
import { MFA_RECIPES } from './mfa-recipes.js';
import type { Body } from './schema-values.js';
import { VAULT_RECIPES } from './vault-recipes.js';
import { type Asker, nobody, type World } from './world.js';

/** What makes a request of an operation one that can succeed, where its schema alone does not. */
export interface Recipe {
  readonly by: Asker;
  /** For the parameters of the path. */
  readonly values: Readonly<Record<string, string>>;
  /** Fields of the body, in place of what the schema would have. */
  readonly body?: Body;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

type Special = (world: World, random: Seeded) => Partial<Recipe> | Promise<Partial<Recipe>>;

/** Somebody asks about a conversation of theirs, a message in it, or somebody else. */
export async function recipeFor(operationId: string, world: World, random: Seeded): Promise<Recipe> {
  const by = world.asker(random);
  const place = world.placeOf(by, random);
  const messageId = place === undefined ? v7() : random.pick(place.messageIds);
  const values = {
    id: place?.id ?? v7(),
    conversationId: place?.id ?? v7(),
    messageId,
    username: random.pick([...world.people, world.stranger]).username,
  };
  return { by, values, ...(await SPECIAL[operationId]?.(world, random)) };
}

const STRONG = { algorithm: 'argon2id', memoryKiB: 65_536, iterations: 3, parallelism: 1 };

/** Whatever ends something, ends what is there to be ended; without such a thing it is tried by nobody, and in vain. */
const SPECIAL: Readonly<Record<string, Special>> = {
  getMetrics: () => ({ by: { ...nobody(), token: SCRAPE_TOKEN } }),
  getKdf: (world, random) => ({ query: { username: world.asker(random).username } }),
  register: async (world) => {
    const username = `f${v7().slice(-12)}`;
    const { body: kdf } = await call(world, 'GET', `/v1/auth/kdf?username=${username}`);
    return { body: { username, kdf: { ...STRONG, salt: kdf.salt }, transport: 'body' } };
  },
  login: (world, random) => {
    // Whoever stays has few devices, as the contract has it: new ones are of those who may go.
    const isNew = world.accounts.length > 0 && random.oneIn(2);
    const by = isNew ? random.pick(world.accounts) : world.asker(random);
    const device = isNew ? { device: { name: 'fuzz' }, deviceId: undefined } : knownDevice(by);
    return { by, body: { username: by.username, authKey: by.authKey, transport: 'body', ...device } };
  },
  addDevice: (world, random) => ({ by: world.accounts.length > 0 ? random.pick(world.accounts) : world.stranger }),
  refresh: (world) => {
    const session = world.sessions.pop();
    return { body: { refreshToken: session?.refreshToken ?? randomBytes(32).toString('base64url') } };
  },
  logout: (world) => {
    const session = world.sessions.pop();
    return { by: { ...nobody(), ...(session === undefined ? {} : { token: session.token }) } };
  },
  endSession: (world) => spared(world.sessions.pop()),
  revokeDevice: (world) => spared(world.devices.pop()),
  renameDevice: (world) => spared(world.devices.at(-1)),
  leaveConversation: (world) => spared(world.groups.pop()),
  deleteMe: (world) => confirmed(world.accounts.pop() ?? nobody()),
  changePassword: (world, random) => {
    const by = world.accounts.length > 0 ? random.pick(world.accounts) : nobody();
    const newKdf = { ...STRONG, salt: randomBytes(16).toString('base64url') };
    return { by, body: { authKey: by.authKey, newAuthKey: by.authKey, newKdf, vaultRoot: undefined } };
  },
  ...ATTACHMENT_RECIPES,
  ...VAULT_RECIPES,
  ...MFA_RECIPES,
  ...ADMIN_RECIPES,
  ...GROUP_RECIPES,
  uploadIdentityKey: (world, random) => {
    const by = world.asker(random);
    const version = world.keyVersions.get(by.username);
    const key = { algorithm: 'ed25519', publicKey: randomBytes(32).toString('base64url'), signature: undefined };
    const reset = version === undefined ? { reset: undefined } : { reset: true };
    return { by, body: { ...key, version, ...reset, authKey: version === undefined ? undefined : by.authKey } };
  },
  getIdentityKey: keyOwner,
  listIdentityKeys: keyOwner,
  getContact: (world) => ({ values: { username: world.stranger.username } }),
  fileReport: (world, random) => {
    const by = world.asker(random);
    const others = [...world.people, world.stranger].filter(({ username }) => username !== by.username);
    const alone = random.oneIn(2) ? { conversationId: undefined, messages: undefined } : {};
    return { by, body: { username: random.pick(others).username, ...alone } };
  },
  decideContact: (world) => ({ values: { username: world.stranger.username } }),
  removeContact: (world) => ({ values: { username: world.stranger.username } }),
  createConversation: (world, random) => {
    const [by, other] = [world.asker(random), world.asker(random)];
    if (random.oneIn(4))
      return {
        by,
        body: { kind: 'direct', with: other.username, members: undefined, id: undefined, metadata: undefined },
      };
    return {
      by,
      body: { kind: 'group', protocol: undefined, with: undefined, members: by === other ? [] : [other.username] },
    };
  },
  acceptConversation: (world, random) => ({ by: world.reserved, values: { id: random.pick(world.invitations) } }),
  addMembers: (world, random) => {
    const group = world.groups.at(-1);
    const absent = world.people.filter(
      ({ username }) => group?.by.username !== username && !group?.members.includes(username),
    );
    return { ...spared(group), body: { members: [random.pick(absent).username] } };
  },
  removeMembers: (world) => {
    const group = world.groups.findLast(({ members }) => members.length > 0);
    return { ...spared(group), body: { members: group?.members.slice(0, 1) ?? [] } };
  },
  changeRole: (world, random) => {
    const groups = world.groups.filter(({ members }) => members.length > 0);
    const group = groups.length === 0 ? undefined : random.pick(groups);
    const { by, values } = spared(group);
    // Whoever gives the group away can change nobody's role after that.
    const body = random.oneIn(4) ? {} : { role: random.pick(['member', 'admin']) };
    return { by, values: { ...values, username: group?.members[0] ?? by.username }, body };
  },
  setMetadata: (world) => spared(world.groups.at(-1)),
  setRetention: (world) => spared(world.groups.at(-1)),
  sendDirectMessage: (world, random) => ({ body: { to: world.asker(random).username } }),
  updateReceipts: (_world, random) => (random.oneIn(3) ? {} : { body: { delivered: 2, read: 1 } }),
  readLog: (_world, random) => ({ query: { after: String(random.between(0, 5)), limit: '20' } }),
  sync: (world, random) =>
    random.oneIn(3)
      ? {}
      : { body: { incarnation: undefined, revision: random.between(0, 9), cursors: cursors(world, random) } },
};

function keyOwner(world: World, random: Seeded): Partial<Recipe> {
  const owners = [...world.keyVersions.keys()];
  return owners.length === 0 ? {} : { values: { username: random.pick(owners) } };
}

function spared(spare: { readonly by: Asker; readonly id: string } | undefined): Pick<Recipe, 'by' | 'values'> {
  return spare === undefined ? { by: nobody(), values: { id: v7() } } : { by: spare.by, values: { id: spare.id } };
}

function knownDevice(by: Asker): Body {
  return { deviceId: by instanceof TestUser ? by.deviceId : undefined, device: undefined };
}

function confirmed(by: Asker): Partial<Recipe> {
  return { by, body: { authKey: by.authKey } };
}

export function cursors(world: World, random: Seeded): Record<string, number> {
  return Object.fromEntries(world.places.map(({ id }) => [id, random.between(0, 3)]));
}
