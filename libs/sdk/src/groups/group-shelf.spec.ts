import { MlsEngine, type MlsGroup } from '#crypto';
import { importSigningKey, newDeviceKeys } from '../../../crypto/src/mls/devices.js';
import { MemoryStore } from '../store/memory-store.js';
import { SealedStore } from '../store/sealed-store.js';
import { GroupShelf } from './group-shelf.js';

const ID = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d01';
const NOTE = Buffer.from('what a message is about');
const LIFETIME = { notBefore: 1_999_000_000, notAfter: 2_001_000_000 };

async function newEngine(): Promise<MlsEngine> {
  const { signatureKey, privateKey } = await newDeviceKeys();
  const identity = { accountId: ID.replace(/.$/, 'a'), deviceId: ID.replace(/.$/, 'd') };
  return new MlsEngine({ ...identity, signatureKey, signingKey: await importSigningKey(privateKey) });
}

async function write(shelf: GroupShelf, store: SealedStore, group: MlsGroup): Promise<void> {
  const { batch, landed } = await shelf.shelve(ID, group);
  await store.write(batch);
  landed();
}

describe('a group that several ask for at once', () => {
  it('is read once: with a reading of their own, one of them could see parts of before and after what another writes', async () => {
    const store = await SealedStore.open(await MemoryStore.open(), {
      accountId: 'a',
      deviceId: 'd',
      wrapKey: crypto.getRandomValues(new Uint8Array(32)),
    });
    const engine = await newEngine();
    const group = await engine.createGroup({ conversationId: ID, generation: 1 }, LIFETIME);
    await write(new GroupShelf(store), store, group);
    const damages: string[] = [];
    const shelf = new GroupShelf(store, (id) => damages.push(id));
    const [one, other] = await Promise.all([shelf.get(ID), shelf.get(ID)]);
    expect(one).toBeDefined();
    expect(one).toBe(other);
    const { group: next } = await engine.encrypt(one!, NOTE, NOTE);
    await write(shelf, store, next);
    expect(await shelf.get(ID)).toBe(next);
    expect((await new GroupShelf(store).get(ID))?.parts()).toEqual(next.parts());
    expect(damages).toEqual([]);
  });
});
