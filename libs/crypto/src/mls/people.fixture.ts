import type { DeviceIdentity, GroupName, MlsSuite } from '#protocol';
import { newDeviceKeys, importSigningKey } from './devices.js';
import { MlsEngine, type OwnCommit } from './engine.js';
import type { MlsGroup } from './group.js';
import type { Judge } from './judging.js';
import type { NewKeyPackage } from './key-packages.js';

/** When tests of MLS take place, in seconds since the epoch: whatever the clock of the machine says. */
export const NOW = 2_000_000_000;
export const DAY = 86_400;
export const LIFETIME = { notBefore: NOW - 3_600, notAfter: NOW + 30 * DAY };

export const CONVERSATION = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d01';
export const NAME: GroupName = { conversationId: CONVERSATION, generation: 1 };
export const NOTE = Buffer.from('what a message or commit is about');

export const trusting: Judge = () => Promise.resolve(true);
export const READING = { judge: trusting, nowSeconds: NOW };
export const ARRIVAL = { conversationId: CONVERSATION, judge: trusting };

/** A person's only device, and what it has. */
export interface Person extends DeviceIdentity {
  readonly engine: MlsEngine;
  readonly signatureKey: Uint8Array;
}

const uuid = (kind: string, n: number): string => `0198c5a0-3f4e-7d3a-8b58-${kind}${n.toString(16).padStart(11, '0')}`;

export async function person(n: number): Promise<Person> {
  const { signatureKey, privateKey } = await newDeviceKeys();
  const identity = { accountId: uuid('a', n), deviceId: uuid('d', n) };
  const engine = new MlsEngine({ ...identity, signatureKey, signingKey: await importSigningKey(privateKey) });
  return { ...identity, engine, signatureKey };
}

export function keyPackage(of: Person, suite: MlsSuite): Promise<NewKeyPackage> {
  return of.engine.createKeyPackage({ ...LIFETIME, suite });
}

export function founded(by: Person, suite: MlsSuite): Promise<MlsGroup> {
  return by.engine.createGroup(NAME, { ...LIFETIME, suite });
}

export interface Change {
  readonly add?: readonly NewKeyPackage[];
  readonly remove?: readonly number[];
}

export function committed(by: Person, group: MlsGroup, { add = [], remove = [] }: Change = {}): Promise<OwnCommit> {
  const packages = add.map((made) => made.keyPackage);
  return by.engine.commit(group, { add: packages, remove, authenticatedData: NOTE, ...READING });
}

/** The group after a commit, for somebody who is still in it. */
export async function followed(by: Person, group: MlsGroup, { commit }: Pick<OwnCommit, 'commit'>): Promise<MlsGroup> {
  const { group: next } = await by.engine.follow(group, commit, READING);
  if (next === undefined) throw new Error('who follows has been removed');
  return next;
}

export async function joinedBy(by: Person, { welcome }: OwnCommit, { secrets }: NewKeyPackage): Promise<MlsGroup> {
  if (welcome === undefined) throw new Error('nobody was added');
  return by.engine.join(welcome, secrets, ARRIVAL);
}

/** Ann, Ben and Cid in one group, whom Ann has added. */
export async function trio(suite: MlsSuite) {
  const [ann, ben, cid] = [await person(1), await person(2), await person(3)];
  const packages = [await keyPackage(ben, suite), await keyPackage(cid, suite)] as const;
  const added = await committed(ann, await founded(ann, suite), { add: packages });
  const groups = {
    ann: added.group,
    ben: await joinedBy(ben, added, packages[0]),
    cid: await joinedBy(cid, added, packages[1]),
  };
  return { ann, ben, cid, added, packages, groups };
}

/** The code with which MLS refuses, or `none`. */
export async function refusal(of: Promise<unknown>): Promise<string> {
  return of.then(
    () => 'none',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : `thrown: ${String(error)}`),
  );
}
