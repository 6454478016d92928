import { decodeMlsMessage, encodeMlsMessage } from 'ts-mls';
import { validateRatchetTree } from 'ts-mls/clientState.js';
import type { GroupInfo } from 'ts-mls/groupInfo.js';
import { decodeRatchetTree, encodeRatchetTree, type RatchetTree } from 'ts-mls/ratchetTree.js';
import { treeHashRoot } from 'ts-mls/treeHash.js';
import { MLS_SUITES, readRatchetTree } from '#protocol';
import { newDeviceKeys, importSigningKey } from './devices.js';
import type { MlsGroup } from './group.js';
import { clientConfig } from './judging.js';
import {
  ARRIVAL,
  committed,
  followed,
  founded,
  joinedBy,
  keyPackage,
  NOTE,
  person,
  type Person,
  refusal,
  trusting,
} from './people.fixture.js';
import { cipherSuite } from './suites.js';

const suite = MLS_SUITES.x25519;

type Node = NonNullable<RatchetTree[number]>;
type Parent = Extract<Node, { nodeType: 'parent' }>;

/** A group of six, with a blank leaf, a blank parent, and a parent with unmerged leaves. */
async function grown(): Promise<{ people: Person[]; group: MlsGroup; groupInfo: Uint8Array }> {
  const people = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(person));
  const of = (...those: number[]) => Promise.all(those.map((n) => keyPackage(people[n]!, suite)));
  const add = await of(1, 2, 3, 4, 5);
  const first = await committed(people[0]!, await founded(people[0]!, suite), { add });
  const fifth = await joinedBy(people[5]!, first, add[4]!);
  const second = await committed(people[5]!, fifth);
  const own = await followed(people[0]!, first.group, second);
  const third = await committed(people[0]!, own, { add: await of(6, 7) });
  const last = await committed(people[0]!, third.group, { remove: [2] });
  return { people, group: last.group, groupInfo: last.groupInfo };
}

describe('a tree that a relay or a member makes up', () => {
  let made: Awaited<ReturnType<typeof grown>>;
  let tree: RatchetTree;
  beforeAll(async () => {
    made = await grown();
    tree = made.group.state.ratchetTree;
  });

  const parentIn = (from: RatchetTree): number => from.findIndex((node) => node?.nodeType === 'parent');
  const withUnmerged = (unmergedLeaves: number[], at = parentIn(tree)): RatchetTree => {
    const { parent } = tree[at] as Parent;
    return Object.assign(tree.slice(), { [at]: { nodeType: 'parent', parent: { ...parent, unmergedLeaves } } });
  };

  /** As a server would hand it out, and as ts-mls judges it without what is read before. */
  async function judged(crafted: RatchetTree): Promise<string[]> {
    const { privateKey } = await newDeviceKeys();
    const cs = await cipherSuite(suite, await importSigningKey(privateKey));
    const [message] = decodeMlsMessage(made.groupInfo, 0)!;
    const { groupInfo } = message as unknown as { groupInfo: GroupInfo };
    const extensions = groupInfo.extensions.map((one) =>
      one.extensionType === 'ratchet_tree' ? { ...one, extensionData: encodeRatchetTree(crafted) } : one,
    );
    const served = { version: 'mls10', wireformat: 'mls_group_info', groupInfo: { ...groupInfo, extensions } } as const;
    const rejoining = await refusal(
      made.people[1]!.engine.rejoin(encodeMlsMessage(served), { ...ARRIVAL, authenticatedData: NOTE }),
    );
    const { lifetimeConfig, authService } = clientConfig({ judge: trusting, occasion: 'join' });
    const hash = await treeHashRoot(crafted, cs.hash);
    const error = await validateRatchetTree(crafted, groupInfo.groupContext, lifetimeConfig, authService, hash, cs);
    return [rejoining, error === undefined ? 'valid' : 'refused'];
  }

  it('is taken as it is, and as it was encoded', async () => {
    expect(await judged(tree)).toEqual(['none', 'valid']);
    expect(readRatchetTree(encodeRatchetTree(tree)).filter((leaf) => leaf !== undefined)).toHaveLength(
      made.group.members().length,
    );
  });

  const BLANK = 2;
  it.each([
    ['a blank leaf', [BLANK]],
    ['a leaf beyond the tree', [100]],
    ['the last leaf there could be', [2 ** 32 - 1]],
    ['a leaf elsewhere', [7]],
    ['a leaf twice', [1, 1]],
    ['leaves out of order', [1, 0]],
    ['ten thousand leaves', Array.from({ length: 10_000 }, (_none, n) => n)],
  ])('may not have %s among the unmerged', async (_what, unmerged) => {
    const start = performance.now();
    expect(await judged(withUnmerged(unmerged))).toEqual(['malformed', 'refused']);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it.each(['hpkePublicKey', 'signaturePublicKey', 'signature'] as const)(
    'may not have another %s in a leaf',
    async (field) => {
      const leaf = structuredClone(tree[0]!) as Extract<Node, { nodeType: 'leaf' }>;
      leaf.leaf[field][3]! ^= 1;
      expect(await judged(Object.assign(tree.slice(), { 0: leaf }))).toEqual(['not_authentic', 'refused']);
    },
  );

  it.each(['hpkePublicKey', 'parentHash'] as const)('may not have another %s in a parent', async (field) => {
    const at = tree.findLastIndex((node) => node?.nodeType === 'parent');
    const node = structuredClone(tree[at]!) as Parent;
    node.parent[field] = node.parent[field].length > 0 ? node.parent[field].map((byte) => byte ^ 1) : NOTE;
    expect(await judged(Object.assign(tree.slice(), { [at]: node }))).toEqual(['not_authentic', 'refused']);
  });

  it('may not have a node of the other kind, a device twice, or no end', async () => {
    const crafted: [string, RatchetTree][] = [
      ['a parent in the place of a leaf', Object.assign(tree.slice(), { 0: tree[parentIn(tree)] })],
      ['a leaf in the place of a parent', Object.assign(tree.slice(), { [parentIn(tree)]: tree[0] })],
      ['a device twice', Object.assign(tree.slice(), { [2 * BLANK]: tree[0] })],
      ['two thousand leaves', [...tree, ...Array.from({ length: 4_000 }, () => undefined), tree[0]]],
    ];
    for (const [what, one] of crafted)
      expect({
        what,
        error: (() => {
          try {
            readRatchetTree(encodeRatchetTree(one));
            return 'none';
          } catch (error) {
            return (error as Error).name;
          }
        })(),
      }).toEqual({ what, error: 'MalformedMlsError' });
    expect(() => readRatchetTree(Uint8Array.of(1, 0))).toThrow('blank');
    expect(decodeRatchetTree(encodeRatchetTree(tree), 0)?.[0]).toHaveLength(tree.length);
  });
});
