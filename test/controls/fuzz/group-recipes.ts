import type { Seeded, TestUser } from '#testing';
import { keyPackagesOf, REAL_TIME, signed } from '../../e2e/device-lists.js';
import { MlsGroup, welcomesOf } from '../../e2e/mls-group.js';
import type { Recipe } from './recipes.js';
import type { World } from './world.js';

type Special = (world: World, random: Seeded) => Partial<Recipe> | Promise<Partial<Recipe>>;

/** Of MLS groups, and of what brings devices into them. What is asked for is made first. */
export const GROUP_RECIPES: Readonly<Record<string, Special>> = {
  // The current list again changes nothing, and is accepted all the same.
  putDeviceList: ({ lister }) => ({ by: lister.user, body: signed(lister.list, lister.key) }),
  getMyDeviceList: ({ lister }) => ({ by: lister.user }),
  uploadKeyPackages: ({ lister }) => ({
    by: lister.user,
    body: { keyPackages: keyPackagesOf(REAL_TIME, lister).map((body) => ({ body })) },
  }),
  claimKeyPackages: ({ lister }) => ({
    values: { username: lister.user.username },
    body: { suite: undefined, deviceIds: undefined },
  }),
  sendCommit: async (world, random) => {
    const { by, group } = await ownGroup(world, random);
    return { by, values: { id: group.id }, body: { welcome: undefined, ...group.request(by) } };
  },
  getGroupInfo: async (world, random) => {
    const { by, group } = await ownGroup(world, random);
    return { by, values: { id: group.id } };
  },
  repairGroupInfo: async (world, random) => {
    const { by, group } = await ownGroup(world, random);
    const { groupInfo } = group.request(by, { at: { generation: group.generation, epoch: group.epoch - 1 } });
    return { by, values: { id: group.id }, body: { groupInfo } };
  },
  deleteWelcome: async ({ people }, random) => {
    const by = random.pick(people);
    await MlsGroup.with(random.pick(people.filter((one) => one !== by)), by);
    return { by, values: { id: (await welcomesOf(by))[0]!.id } };
  },
};

async function ownGroup(world: World, random: Seeded): Promise<{ by: TestUser; group: MlsGroup }> {
  const by = world.asker(random);
  return { by, group: await MlsGroup.of(by) };
}
