import { deviceListHash, signDeviceList, type SigningKey } from '#crypto';
import { type DeviceList, deviceListBytes, identityLinkBytes } from '#protocol';
import { MemoryStore } from '../store/memory-store.js';
import { SealedStore } from '../store/sealed-store.js';
import { PeerDirectory, type PeerDirectoryOptions } from './peer-directory.js';
import type { PeerDevice } from './peer-record.js';
import type { PeerSource, ServedKey, ServedList } from './peer-source.js';

type Bytes = Uint8Array<ArrayBuffer>;

interface KeyPair {
  readonly publicKey: Bytes;
  readonly privateKey: SigningKey;
}

/** What a relay says of somebody. Tests change it as a hostile relay would. */
export interface Served {
  keys: ServedKey[];
  list: ServedList | null;
  /** Those before it, oldest first: of these are given out what the asker does not know. */
  earlier: DeviceList[];
}

const uuid = (n: number): string => `0198c5a0-3f4e-7d3a-8b58-${n.toString(16).padStart(12, '0')}`;

export const device = (n: number): PeerDevice => ({
  deviceId: uuid(0xd000 + n),
  mlsSigningKey: new Uint8Array(32).fill(n),
});

export async function newKeyPair(): Promise<KeyPair> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('no pair of keys was made');
  return {
    publicKey: new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey)),
    privateKey: pair.privateKey,
  };
}

/** Somebody who holds their own keys, and does with them what is honest. */
export class Person {
  readonly served: Served = { keys: [], list: null, earlier: [] };
  private newest: DeviceList | undefined;

  private constructor(
    readonly accountId: string,
    readonly username: string,
    public keyPair: KeyPair,
  ) {}

  static async of(n: number, ...devices: readonly PeerDevice[]): Promise<Person> {
    const person = new Person(uuid(0xa000 + n), `person${n}`, await newKeyPair());
    person.served.keys.push(await person.link(null));
    if (devices.length > 0) await person.lists(...devices);
    return person;
  }

  get identityKey(): Bytes {
    return this.keyPair.publicKey;
  }

  /** Signs the next list. */
  async lists(...devices: readonly PeerDevice[]): Promise<void> {
    if (this.newest !== undefined) this.served.earlier.push(this.newest);
    this.newest = await this.nextList(devices);
    this.served.list = await servedList(this.newest, this.keyPair.privateKey);
  }

  async nextList(devices: readonly PeerDevice[]): Promise<DeviceList> {
    return {
      accountId: this.accountId,
      version: (this.newest?.version ?? 0) + 1,
      keyVersion: this.served.keys.length,
      prevHash: this.newest === undefined ? new Uint8Array(32) : await deviceListHash(this.newest),
      devices: devices.map((listed) => ({ ...listed, addedAtMs: 1_795_338_000_000 })),
    };
  }

  /** A new identity key, which the one before signs. */
  async rotates(): Promise<void> {
    await this.replaces(this.keyPair.privateKey);
  }

  /** A new identity key that nobody vouches for. */
  async resets(): Promise<void> {
    await this.replaces(null);
  }

  private async replaces(by: SigningKey | null): Promise<void> {
    this.keyPair = await newKeyPair();
    this.served.keys.push(await this.link(by));
  }

  private async link(by: SigningKey | null): Promise<ServedKey> {
    const version = this.served.keys.length + 1;
    const before = this.served.keys.at(-1);
    const prevHash = before === undefined ? new Uint8Array(32) : await hash(linkBytes(before));
    const link = { accountId: this.accountId, version, algorithm: 'ed25519', publicKey: this.identityKey, prevHash };
    const signature =
      by && new Uint8Array(await crypto.subtle.sign('Ed25519', by, linkBytes({ ...link, signature: null })));
    return { ...link, signature };
  }
}

export async function servedList(list: DeviceList, by: SigningKey): Promise<ServedList> {
  return { body: deviceListBytes(list), signature: (await signDeviceList(list, by)).signature, earlier: [] };
}

/** Says of each person what is set there, and counts how often it was asked. */
export class ScriptedRelay implements PeerSource {
  asked = 0;
  private readonly people = new Map<string, Served>();

  constructor(...people: readonly Person[]) {
    for (const { username, served } of people) this.people.set(username, served);
  }

  identityHistory(username: string): Promise<readonly ServedKey[]> {
    return Promise.resolve([...(this.people.get(username)?.keys ?? [])]);
  }

  devices(username: string, known: number): Promise<ServedList | null> {
    this.asked++;
    const { list = null, earlier = [] } = this.people.get(username) ?? {};
    const unknown = earlier.filter(({ version }) => version > known).map((one) => new Uint8Array(deviceListBytes(one)));
    return Promise.resolve(list && { ...list, earlier: unknown });
  }
}

export async function newStore(): Promise<SealedStore> {
  const wrapKey = crypto.getRandomValues(new Uint8Array(32));
  return SealedStore.open(await MemoryStore.open(), { accountId: 'a', deviceId: 'd', wrapKey });
}

/** Me with a device, Ada with two, and what I know of people. */
export async function scene(options: Partial<PeerDirectoryOptions> = {}) {
  const [me, ada] = [await Person.of(1, device(1)), await Person.of(2, device(21), device(22))];
  const [relay, store] = [new ScriptedRelay(me, ada), await newStore()];
  const { accountId, username, identityKey } = me;
  const own = { accountId, username, identityKey };
  const directory = new PeerDirectory({ store, relay, own, ...options });
  return { me, ada, relay, store, directory };
}

/** The code with which something is refused, or `none`. */
export async function refusal(of: Promise<unknown>): Promise<string> {
  return of.then(
    () => 'none',
    (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : `thrown: ${String(error)}`),
  );
}

/** A copy with one bit turned. */
export function spoilt(bytes: Uint8Array): Bytes {
  return Uint8Array.from(bytes, (byte, n) => (n === bytes.length - 1 ? byte ^ 1 : byte));
}

function linkBytes({ publicKey, ...link }: ServedKey): Bytes {
  return new Uint8Array(identityLinkBytes({ ...link, algorithm: 'ed25519', publicKey }));
}

async function hash(bytes: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
