import { canonicalBytes } from '#protocol';
import { bitsTurned, recordEvidence, scaled } from '#testing';
import { type Bytes, deriveKey, open } from './sealing.js';
import {
  newStorageSecret,
  StorageKey,
  type StorageWrapping,
  type StoredAt,
  unwrapStorageSecret,
  wrapStorageSecret,
} from './storage-key.js';

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));
/** Rows of one table, which share a key. */
const ROWS = scaled({ ci: 20_000, gate: 1_000_000 });
const REFUSED = { name: 'CryptoError', code: 'cannot_open' };

describe('the secret of what a device stores', () => {
  const wrapping: StorageWrapping = { accountId: 'ada', deviceId: 'phone', wrapKey: random(32) };

  it('is opened with the key it is wrapped with', async () => {
    const secret = newStorageSecret();
    expect(secret).toHaveLength(32);
    expect(await unwrapStorageSecret(await wrapStorageSecret(secret, wrapping), wrapping)).toEqual(secret);
  });

  const others: [string, StorageWrapping][] = [
    ['another password', { ...wrapping, wrapKey: random(32) }],
    ['another account', { ...wrapping, accountId: 'bob' }],
    ['another device', { ...wrapping, deviceId: 'laptop' }],
  ];
  it.each(others)('is not opened with the key of %s', async (_what, other) => {
    const wrapped = await wrapStorageSecret(newStorageSecret(), wrapping);
    await expect(unwrapStorageSecret(wrapped, other)).rejects.toMatchObject(REFUSED);
  });

  it('is not opened with any bit turned, nor when it is none', async () => {
    for (const turned of bitsTurned(await wrapStorageSecret(newStorageSecret(), wrapping)))
      await expect(unwrapStorageSecret(turned, wrapping)).rejects.toMatchObject(REFUSED);
    const short = await wrapStorageSecret(random(31), wrapping);
    await expect(unwrapStorageSecret(short, wrapping)).rejects.toMatchObject(REFUSED);
  });
});

describe('a stored row', () => {
  const at: StoredAt = { table: 'messages', key: 'c/1', version: 2 };

  it('is opened in its place, with a key of the same secret', async () => {
    const [secret, content] = [newStorageSecret(), random(500)];
    const sealed = await (await StorageKey.of(secret)).seal(content, at);
    expect(await (await StorageKey.of(secret)).open(sealed, at)).toEqual(content);
  });

  it('is sealed with the key of its table, derived from the secret', async () => {
    const [secret, content] = [newStorageSecret(), random(500)];
    const sealed = await (await StorageKey.of(secret)).seal(content, at);
    const key = await deriveKey(secret, canonicalBytes('sealpost stored table 1', ['messages']));
    const additionalData = canonicalBytes('sealpost stored row 1', ['messages', 'c/1', 2]);
    expect(await open(sealed, { key, additionalData })).toEqual(content);
  });

  const elsewhere: [string, StoredAt][] = [
    ['another table', { ...at, table: 'outbox' }],
    ['another key', { ...at, key: 'c/2' }],
    ['another version', { ...at, version: 1 }],
  ];
  it.each(elsewhere)('is not opened in %s', async (_what, other) => {
    const storageKey = await StorageKey.of(newStorageSecret());
    await expect(storageKey.open(await storageKey.seal(random(50), at), other)).rejects.toMatchObject(REFUSED);
  });

  it('is not opened with another secret, nor with any bit turned', async () => {
    const storageKey = await StorageKey.of(newStorageSecret());
    const sealed = await storageKey.seal(random(5), at);
    await expect((await StorageKey.of(newStorageSecret())).open(sealed, at)).rejects.toMatchObject(REFUSED);
    for (const turned of bitsTurned(sealed)) await expect(storageKey.open(turned, at)).rejects.toMatchObject(REFUSED);
  });

  it('never shares its nonce with another row of its table, and every bit of nonces is drawn (C-52)', async () => {
    const storageKey = await StorageKey.of(newStorageSecret());
    const seen = new Set<string>();
    const ones = new Array<number>(96).fill(0);
    for (let version = 1; version <= ROWS; version++) {
      const nonce = (await storageKey.seal(new Uint8Array(), { ...at, version })).subarray(1, 13);
      seen.add(Buffer.from(nonce).toString('latin1'));
      ones.forEach((count, bit) => (ones[bit] = count + ((nonce[bit >> 3]! >> (bit & 7)) & 1)));
    }
    expect(seen.size).toBe(ROWS);
    // Fifteen standard deviations: a bit that is not drawn is off by a hundred.
    const tolerated = 7.5 * Math.sqrt(ROWS);
    expect(ones.filter((count) => Math.abs(count - ROWS / 2) > tolerated)).toEqual([]);
    recordEvidence('C-52', { 'rows sealed with one key': ROWS, 'nonces that came twice': ROWS - seen.size });
  });

  it('is sealed with keys that cannot be exported', async () => {
    const storageKey = await StorageKey.of(newStorageSecret());
    await storageKey.seal(random(5), at);
    const held = Object.values(storageKey).flatMap((value) => (value instanceof Map ? [...value.values()] : [value]));
    const keys = await Promise.all(held);
    expect(keys.map((key) => key.extractable)).toEqual([false, false]);
  });
});
