import { encodeMlsMessage } from 'ts-mls';
import { type GroupInfo, signGroupInfo } from 'ts-mls/groupInfo.js';
import { decodeKeyPackage, encodeKeyPackage, type KeyPackage, signKeyPackage } from 'ts-mls/keyPackage.js';
import { signLeafNodeKeyPackage } from 'ts-mls/leafNode.js';
import { encodeRatchetTree } from 'ts-mls/ratchetTree.js';
import { MLS_SUITES } from '#protocol';
import { recordEvidence, scaled, Seeded } from '#testing';
import type { SigningKey } from '../device-lists.js';
import { openGroupInfo } from './arriving.js';
import { expectRefused, mutants, tally } from './mutants.fixture.js';
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
  READING,
  refusal,
} from './people.fixture.js';
import { cipherSuite } from './suites.js';

const suite = MLS_SUITES.x25519;
/** What a member or the owner of a key package has changed and then signed, so that the signature says nothing against it. */
const CASES = scaled({ ci: { trees: 100, keyPackages: 80 }, gate: { trees: Infinity, keyPackages: Infinity } });

/** Our suites sign by the device's own key, whatever they are passed. */
const NO_KEY = new Uint8Array();

function suiteOf({ engine }: Person) {
  const { device } = engine as unknown as { device: { signingKey: SigningKey } };
  return cipherSuite(suite, device.signingKey);
}

describe('a tree that a member has changed and signed', () => {
  /** Eight devices, of which one was removed, with unmerged leaves and a blank parent. */
  async function grown() {
    const people = await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map(person));
    const packages = await Promise.all(people.map((one) => keyPackage(one, suite)));
    const first = await committed(people[0]!, await founded(people[0]!, suite), { add: packages.slice(1, 6) });
    const second = await committed(people[5]!, await joinedBy(people[5]!, first, packages[5]!));
    const own = await followed(people[0]!, first.group, second);
    const third = await committed(people[0]!, own, { add: packages.slice(6) });
    return { people, last: await committed(people[0]!, third.group, { remove: [2] }) };
  }

  it('is refused at every place, with a code, soon (C-50)', async () => {
    const { people, last } = await grown();
    const [ann, ben] = [people[0]!, people[1]!];
    const { signature } = await suiteOf(ann);
    const { signature: _old, ...info } = openGroupInfo(last.groupInfo);
    const isTree = ({ extensionType }: GroupInfo['extensions'][number]) => extensionType === 'ratchet_tree';
    const rejoin = async (tree: Uint8Array) => {
      const extensions = info.extensions.map((one) => (isTree(one) ? { ...one, extensionData: tree } : one));
      const groupInfo = await signGroupInfo({ ...info, extensions }, NO_KEY, signature);
      const bytes = encodeMlsMessage({ version: 'mls10', wireformat: 'mls_group_info', groupInfo });
      return ben.engine.rejoin(bytes, { ...ARRIVAL, authenticatedData: NOTE });
    };
    const tree = encodeRatchetTree(last.group.state.ratchetTree);
    expect(await refusal(rejoin(tree))).toBe('none');
    const tallied = await tally(
      mutants(tree, Seeded.announced('signed trees'), { most: CASES.trees, ways: 'all' }),
      rejoin,
    );
    expectRefused(tallied);
    recordEvidence('C-50', {
      'signed trees, cases refused': tallied.cases,
      'longest in ms': Math.round(tallied.longestMs),
    });
  });
});

type Capabilities = KeyPackage['leafNode']['capabilities'];

/** @throws whatever ts-mls throws at what it cannot decode, which no owner can sign then. */
async function signedAgain(bytes: Uint8Array, owner: Person, change: Partial<Capabilities> = {}): Promise<Uint8Array> {
  const { signature } = await suiteOf(owner);
  const [decoded, length] = decodeKeyPackage(bytes, 0) ?? [];
  if (decoded === undefined || length !== bytes.length) throw new Error('it is no key package');
  const capabilities = { ...decoded.leafNode.capabilities, ...change };
  const leaf = { ...decoded.leafNode, capabilities, info: { leafNodeSource: 'key_package' as const } };
  const leafNode = await signLeafNodeKeyPackage(leaf, NO_KEY, signature);
  return encodeKeyPackage(await signKeyPackage({ ...decoded, leafNode }, NO_KEY, signature));
}

describe('a key package that its owner has changed and signed', () => {
  let cid: Person;
  let made: Uint8Array;
  let add: (keyPackage: Uint8Array) => Promise<void>;
  let taken = 0;

  beforeAll(async () => {
    const [ann, ben] = [await person(1), await person(2)];
    cid = await person(3);
    made = (await keyPackage(cid, suite)).keyPackage;
    const ofBen = await keyPackage(ben, suite);
    const added = await committed(ann, await founded(ann, suite), { add: [ofBen] });
    const group = await joinedBy(ben, added, ofBen);
    add = async (mutant) => {
      const { commit } = await ann.engine.commit(added.group, { add: [mutant], authenticatedData: NOTE, ...READING });
      taken++;
      const followedAlike = await refusal(ben.engine.follow(group, commit, READING));
      if (followedAlike !== 'none') throw new Error(`taken by one, and ${followedAlike} by another`);
    };
  });

  it('is refused with a code, or taken by everybody alike: it sets nobody against the others (C-50)', async () => {
    const signed: Uint8Array[] = [];
    for (const mutant of mutants(made, Seeded.announced('signed key packages'), {
      most: CASES.keyPackages,
      ways: 'all',
    })) {
      const again = await signedAgain(mutant, cid).catch(() => undefined);
      if (again !== undefined) signed.push(again);
    }
    expect(signed.length).toBeGreaterThan(scaled({ ci: 30, gate: 500 }));
    expect(await refusal(add(made))).toBe('none');
    const { codes, cases, longestMs } = await tally(signed, add);
    expect(codes.filter((code) => !/^[a-z_]+$/.test(code))).toEqual([]);
    expect(longestMs).toBeLessThan(1_000);
    recordEvidence('C-50', {
      'signed key packages': cases,
      'taken by all': taken,
      'longest in ms': Math.round(longestMs),
    });
  });

  it.each([
    ['its credential', { credentials: ['x509'] }],
    ['its suite', { ciphersuites: ['MLS_128_DHKEMP256_AES128GCM_SHA256_P256'] }],
    ['its version', { versions: [] }],
  ] satisfies [string, Partial<Capabilities>][])('is refused if its leaf does not claim %s', async (_what, change) => {
    expect(await refusal(add(await signedAgain(made, cid)))).toBe('none');
    expect(await refusal(add(await signedAgain(made, cid, change)))).toBe('malformed');
  });
});
