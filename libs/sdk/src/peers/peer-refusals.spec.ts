import { deviceListHash } from '#crypto';
import { LIMITS } from '#protocol';
import { device, newKeyPair, refusal, scene, servedList, spoilt } from './people.fixture.js';
import { PEERS } from './peer-record.js';
import { PEER_LIMITS, type ServedKey, type ServedList } from './peer-source.js';

type Scene = Awaited<ReturnType<typeof scene>>;

const changing = (key: ServedKey | undefined, change: Partial<ServedKey>): ServedKey => {
  if (key === undefined) throw new Error('there is no such key');
  return { ...key, ...change };
};

const noList = (bytes: number): ServedList => ({
  body: new Uint8Array(bytes),
  signature: new Uint8Array(64),
  earlier: [],
});

/** How often a record was written. */
const versionAt = async ({ store, ada }: Scene): Promise<number> =>
  (await store.get(PEERS, ada.accountId))?.version ?? 0;

/** What is refused has to leave everything as it was. */
async function refused(at: Scene): Promise<string> {
  const before = await versionAt(at);
  const code = await refusal(at.directory.refresh(at.ada));
  expect(await versionAt(at)).toBe(before);
  return code;
}

describe('what a relay says of somebody who is pinned is refused', () => {
  const cases: readonly (readonly [string, string, (at: Scene) => unknown])[] = [
    [
      'history_rolled_back',
      'with the newest key gone',
      async ({ ada, directory }) => {
        await ada.rotates();
        await directory.refresh(ada);
        ada.served.keys.pop();
      },
    ],
    ['history_rolled_back', 'with no key at all', ({ ada }) => (ada.served.keys = [])],
    [
      'history_forked',
      'with another key in its place',
      async ({ ada }) =>
        (ada.served.keys[0] = changing(ada.served.keys[0], { publicKey: (await newKeyPair()).publicKey })),
    ],
    [
      'history_forked',
      'with a signature gone, as if the key had been reset',
      async ({ ada, directory }) => {
        await ada.rotates();
        await directory.refresh(ada);
        ada.served.keys[1] = changing(ada.served.keys[1], { signature: null });
      },
    ],
    [
      'not_signed',
      'with a next key that another has signed',
      async ({ ada }) => {
        const { keyPair } = ada;
        ada.keyPair = await newKeyPair();
        await ada.rotates();
        ada.keyPair = keyPair;
      },
    ],
    [
      'list_rolled_back',
      'with an older list',
      async ({ ada, directory }) => {
        const { list } = ada.served;
        await ada.lists(device(21));
        await directory.refresh(ada);
        ada.served.list = list;
      },
    ],
    ['list_rolled_back', 'with no list', ({ ada }) => (ada.served.list = null)],
    [
      'list_forked',
      'with another list of the same version',
      async ({ ada }) => {
        const other = { ...(await ada.nextList([device(29)])), version: 1, prevHash: new Uint8Array(32) };
        ada.served.list = await servedList(other, ada.keyPair.privateKey);
      },
    ],
    [
      'list_forked',
      'with a next list that does not name this one',
      async ({ ada }) => {
        const next = { ...(await ada.nextList([device(29)])), prevHash: new Uint8Array(32).fill(7) };
        ada.served.list = await servedList(next, ada.keyPair.privateKey);
      },
    ],
    [
      'list_forked',
      'with a list of which one before is kept back',
      async ({ ada }) => {
        await ada.lists(device(21), device(66));
        await ada.lists(device(21));
        ada.served.earlier.pop();
      },
    ],
    [
      'list_forked',
      'with a list of which one before names a ghost device',
      async ({ ada }) => {
        await ada.lists(device(21));
        await ada.lists(device(21), device(22));
        const ghost = await ada.nextList([device(21), device(66)]);
        ada.served.earlier = [{ ...ghost, version: 2 }];
      },
    ],
    [
      'list_forked',
      'with lists of which the first does not go on from the one that is pinned',
      async ({ ada }) => {
        await ada.lists(device(21));
        const [pinned, mine] = [ada.served.earlier[0], await ada.nextList([device(21), device(22)])];
        const other = { ...mine, version: 2, prevHash: new Uint8Array(32).fill(7) };
        const next = { ...mine, version: 3, prevHash: await deviceListHash(other) };
        ada.served.list = await servedList(next, ada.keyPair.privateKey);
        ada.served.earlier = [pinned, other].flatMap((list) => list ?? []);
      },
    ],
    [
      'wrong_account',
      'with a list of which one before is of another account',
      async ({ ada, me }) => {
        await ada.lists(device(21));
        const other = { ...(await ada.nextList([device(21)])), version: 2, accountId: me.accountId };
        await ada.lists(device(21), device(22));
        ada.served.earlier = [other];
      },
    ],
    [
      'not_signed',
      'with a ghost device on a list that nobody has signed',
      async ({ ada }) => {
        const ghost = await ada.nextList([device(21), device(22), device(66)]);
        ada.served.list = { ...(await servedList(ghost, ada.keyPair.privateKey)), signature: new Uint8Array(64) };
      },
    ],
    [
      'not_signed',
      'with a ghost device on a list that another key has signed',
      async ({ ada }) => {
        const ghost = await ada.nextList([device(21), device(22), device(66)]);
        ada.served.list = await servedList(ghost, (await newKeyPair()).privateKey);
      },
    ],
    [
      'not_signed',
      'with a new list by a key that was replaced before',
      async ({ ada, directory }) => {
        const { privateKey } = ada.keyPair;
        await ada.rotates();
        await directory.refresh(ada);
        ada.served.list = await servedList({ ...(await ada.nextList([device(66)])), keyVersion: 1 }, privateKey);
      },
    ],
    ['wrong_account', 'under another name', ({ ada }) => Object.assign(ada, { username: 'person1' })],
  ];

  it.each(cases)('as %s: %s', async (code, _what, spoil) => {
    const at = await scene();
    await at.directory.refresh(at.ada);
    await spoil(at);
    expect(await refused(at)).toBe(code);
  });
});

describe('what a relay says of somebody at first sight is refused', () => {
  const cases: readonly (readonly [string, string, (at: Scene) => unknown])[] = [
    ['unknown_peer', 'if it knows no key', ({ ada }) => (ada.served.keys = [])],
    ['wrong_account', 'if the keys are of another account', ({ ada, me }) => (ada.served.keys = me.served.keys)],
    ['wrong_account', 'if the list is of another account', ({ ada, me }) => (ada.served.list = me.served.list)],
    [
      'not_signed',
      'if the list has a key version that nobody has',
      async ({ ada }) => {
        const list = { ...(await ada.nextList([device(21)])), version: 1, keyVersion: 2, prevHash: new Uint8Array(32) };
        ada.served.list = await servedList(list, ada.keyPair.privateKey);
      },
    ],
    [
      'not_signed',
      'if the chain is broken',
      async ({ ada }) => {
        await ada.rotates();
        ada.served.keys[1] = changing(ada.served.keys[1], { prevHash: new Uint8Array(32) });
      },
    ],
    [
      'not_signed',
      'if the first key has a signature',
      ({ ada }) => (ada.served.keys[0] = changing(ada.served.keys[0], { signature: new Uint8Array(64) })),
    ],
    [
      'malformed',
      'if versions are left out',
      ({ ada }) => (ada.served.keys[0] = changing(ada.served.keys[0], { version: 2 })),
    ],
    [
      'malformed',
      'if a key is of no known algorithm',
      ({ ada }) => (ada.served.keys[0] = changing(ada.served.keys[0], { algorithm: 'rsa' })),
    ],
    [
      'malformed',
      'if a key is too short',
      ({ ada }) => (ada.served.keys[0] = changing(ada.served.keys[0], { publicKey: new Uint8Array(31) })),
    ],
    [
      'malformed',
      'if a hash is too long',
      ({ ada }) => (ada.served.keys[0] = changing(ada.served.keys[0], { prevHash: new Uint8Array(33) })),
    ],
    ['malformed', 'if the list is none', ({ ada }) => (ada.served.list = noList(9))],
    [
      'malformed',
      'if its signature is cut off',
      ({ ada }) => ada.served.list && (ada.served.list = { ...ada.served.list, signature: new Uint8Array(63) }),
    ],
    [
      'not_signed',
      'if a bit of the list is turned',
      ({ ada }) =>
        ada.served.list && (ada.served.list = { ...ada.served.list, signature: spoilt(ada.served.list.signature) }),
    ],
    [
      'too_large',
      'if the list is larger than any',
      ({ ada }) => (ada.served.list = noList(LIMITS.deviceListBytes + 1)),
    ],
    [
      'too_large',
      'if there are more keys than anybody has had',
      ({ ada }) => {
        const [first] = ada.served.keys;
        ada.served.keys = Array.from({ length: PEER_LIMITS.identityKeys + 1 }, () => changing(first, {}));
      },
    ],
  ];

  it.each(cases)('as %s: %s', async (code, _what, spoil) => {
    const at = await scene();
    await spoil(at);
    expect(await refused(at)).toBe(code);
    expect(await at.directory.find(at.ada.accountId)).toBeUndefined();
  });
});
