import type { Kdf } from '#protocol';
import { bitsTurned } from '#testing';
import type { Bytes } from './sealing.js';
import {
  newVaultRoot,
  openVaultItem,
  type RootWrapping,
  sealVaultItem,
  unwrapVaultRoot,
  type VaultPlace,
  wrapVaultRoot,
} from './vault.js';

const random = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

const argon2id: Kdf = {
  algorithm: 'argon2id',
  salt: 'AAAAAAAAAAAAAAAAAAAAAA',
  memoryKiB: 65_536,
  iterations: 3,
  parallelism: 1,
};
const wrapping: RootWrapping = { accountId: 'ada', wrapKey: random(32), kdf: argon2id };
const place: VaultPlace = { root: newVaultRoot(), accountId: 'ada', name: 'contacts', version: 3 };

/** Every refusal of the vault, word for word. */
const REFUSED = {
  name: 'CryptoError',
  code: 'cannot_open',
  message: 'It was sealed with another key, for another place, or has been changed.',
};

describe("the vault's root (C-54)", () => {
  it('is opened by the password it lies under, and by a new one after it was wrapped again', async () => {
    const root = newVaultRoot();
    expect(await unwrapVaultRoot(await wrapVaultRoot(root, wrapping), wrapping)).toEqual(root);
    const renewed = { ...wrapping, wrapKey: random(32), kdf: { ...argon2id, salt: 'BBBBBBBBBBBBBBBBBBBBBB' } };
    expect(await unwrapVaultRoot(await wrapVaultRoot(root, renewed), renewed)).toEqual(root);
  });

  const others: [string, RootWrapping][] = [
    ['another password', { ...wrapping, wrapKey: random(32) }],
    ['another account', { ...wrapping, accountId: 'bob' }],
    ['another salt', { ...wrapping, kdf: { ...argon2id, salt: 'AAAAAAAAAAAAAAAAAAAAAQ' } }],
    ['more memory', { ...wrapping, kdf: { ...argon2id, memoryKiB: 65_537 } }],
    ['more passes', { ...wrapping, kdf: { ...argon2id, iterations: 4 } }],
    ['more lanes', { ...wrapping, kdf: { ...argon2id, parallelism: 2 } }],
    [
      'another derivation',
      { ...wrapping, kdf: { algorithm: 'pbkdf2-sha256', salt: argon2id.salt, iterations: 600_000 } },
    ],
  ];
  it.each(others)('is not opened under %s, with the one error there is', async (_what, other) => {
    const wrapped = await wrapVaultRoot(newVaultRoot(), wrapping);
    await expect(unwrapVaultRoot(wrapped, other)).rejects.toMatchObject(REFUSED);
  });

  it('is not opened with any bit turned, nor when it is no root', async () => {
    const wrapped = await wrapVaultRoot(newVaultRoot(), wrapping);
    for (const turned of bitsTurned(wrapped))
      await expect(unwrapVaultRoot(turned, wrapping)).rejects.toMatchObject(REFUSED);
    const short = await wrapVaultRoot(random(31), wrapping);
    await expect(unwrapVaultRoot(short, wrapping)).rejects.toMatchObject(REFUSED);
  });
});

describe('a blob of the vault (C-54)', () => {
  it('is opened in its place, by whoever has seen none newer', async () => {
    const content = random(500);
    const sealed = await sealVaultItem(content, place);
    for (const seen of [0, 2, 3]) expect(await openVaultItem(sealed, place, seen)).toEqual(content);
  });

  const others: [string, VaultPlace][] = [
    ['another root', { ...place, root: newVaultRoot() }],
    ['another account', { ...place, accountId: 'bob' }],
    ['another name', { ...place, name: 'archive' }],
    ['another version', { ...place, version: 4 }],
  ];
  it.each(others)('is not opened for %s, with the one error there is', async (_what, other) => {
    await expect(openVaultItem(await sealVaultItem(random(9), place), other, 0)).rejects.toMatchObject(REFUSED);
  });

  it('is not opened once a newer one was seen, nor with any bit turned', async () => {
    const sealed = await sealVaultItem(random(9), place);
    await expect(openVaultItem(sealed, place, 4)).rejects.toMatchObject(REFUSED);
    for (const turned of bitsTurned(sealed))
      await expect(openVaultItem(turned, place, 0)).rejects.toMatchObject(REFUSED);
  });
});
