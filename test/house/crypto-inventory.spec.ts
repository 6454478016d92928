import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type CryptoUses, cryptoUsesIn } from './crypto-uses.js';

const root = resolve(__dirname, '../..');
const inventory = readFileSync(join(root, 'docs/crypto-inventory.md'), 'utf8');

/** The lines of the table below a heading, by their cells. */
function rowsBelow(heading: string): string[][] {
  const [, below = ''] = inventory.split(`\n${heading}\n`);
  const [section = ''] = below.split(/\n#+ /);
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) => row.slice(2, -2).split(' | '));
}

const inCode = (cell = ''): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
const asCell = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(' ') || '–';

/** Each file as its line should be, so that what a failure shows can be pasted. */
function linesOf(found: Readonly<Record<string, CryptoUses>>): string[] {
  return Object.entries(found).map(
    ([file, { uses, algorithms }]) => `| \`${file}\` | ${asCell(uses)} | ${asCell(algorithms)} |`,
  );
}

/** One file each, which does a thing that nobody has listed. */
const PLANTED: [string, string, string][] = [
  ['apps/relay/src/a.ts', `import { createHash } from 'node:crypto'; createHash('md5');`, 'node:crypto.createHash, md5'],
  ['apps/relay/src/b.ts', `import * as all from 'crypto'; export { all };`, 'node:crypto'],
  ['apps/relay/src/c.ts', `const load = () => import('node:crypto'); export { load };`, 'node:crypto'],
  ['apps/relay/src/d.ts', `const { sign } = require('jsonwebtoken'); export { sign };`, 'jsonwebtoken'],
  ['apps/web/src/e.tsx', `export const key = crypto.subtle.generateKey({ name: 'RSA-OAEP' }, false, []);`, 'crypto.subtle.generateKey, RSA-OAEP'],
  ['apps/web/src/f.mts', `const { subtle } = globalThis.crypto; export const go = subtle.digest('SHA-1', new Uint8Array());`, 'crypto.subtle, crypto.subtle.digest, SHA-1'],
  ['libs/sdk/src/g.ts', `export { sha256 } from '@noble/hashes/sha2.js';`, '@noble/hashes.sha256'],
  ['libs/sdk/src/h.mjs', `import { scrypt } from 'hash-wasm'; export { scrypt };`, 'hash-wasm.scrypt'],
  ['libs/sdk/src/i.ts', `export const id = globalThis['crypto']['getRandomValues'](new Uint8Array(4));`, 'crypto.getRandomValues'],
  ['libs/sdk/src/j.ts', `export const roll = Math.random();`, 'Math.random'],
  ['libs/crypto/src/k.ts', `import { joinGroup } from 'ts-mls'; export { joinGroup };`, 'ts-mls'],
  ['libs/crypto/src/l.ts', `import sodium from 'libsodium-wrappers'; export { sodium };`, 'libsodium-wrappers'],
]; // prettier-ignore

/** Nothing of the kind, or nothing that is shipped. */
const INNOCENT: [string, string][] = [
  ['libs/sdk/src/types.ts', `import type { KeyObject } from 'node:crypto'; export type Key = KeyObject | ReturnType<typeof crypto.subtle.digest>;`],
  ['libs/sdk/src/plain.ts', `import { openDB } from 'idb'; export const kdf = ['argon2id', openDB];`],
  ['libs/sdk/src/store.spec.ts', `import { createHash } from 'node:crypto'; createHash('sha256');`],
  ['libs/testing/src/seeds.ts', `export const seed = Math.random();`],
]; // prettier-ignore

describe('the inventory of cryptography (C-55)', () => {
  it('lists each file that touches it, with what it uses, and none besides', () => {
    const found = cryptoUsesIn(root);
    expect(Object.keys(found).length).toBeGreaterThan(30);
    const listed = rowsBelow('## Files').map((cells) => `| ${cells.join(' | ')} |`);
    expect(listed).toEqual(linesOf(found));
  });

  it('says of each algorithm that is named in them what it is for', () => {
    const named = rowsBelow('## Files').flatMap(([, , algorithms]) => inCode(algorithms));
    const explained = rowsBelow('## Algorithms').flatMap(([, names]) => inCode(names));
    expect([...new Set(explained)].sort()).toEqual([...new Set(named)].sort());
  });

  it('has a maker, a life and a place for each key', () => {
    const keys = rowsBelow('## Keys').filter(([cell = '']) => !cell.startsWith('-') && cell !== 'key');
    expect(keys.length).toBeGreaterThan(20);
    expect(keys.filter((cells) => cells.length !== 4)).toEqual([]);
  });

  describe('finds out', () => {
    let directory: string;
    let found: Record<string, CryptoUses>;

    beforeAll(() => {
      directory = mkdtempSync(join(tmpdir(), 'sealpost-inventory-'));
      symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
      for (const [path, source] of [...PLANTED, ...INNOCENT]) {
        mkdirSync(dirname(join(directory, path)), { recursive: true });
        writeFileSync(join(directory, path), source);
      }
      found = cryptoUsesIn(directory);
    });

    afterAll(() => {
      rmSync(directory, { recursive: true, force: true });
    });

    it.each(PLANTED)('what is planted in %s', (path, _source, expected) => {
      const { uses = [], algorithms = [] } = found[path] ?? {};
      expect([...uses, ...algorithms].join(', ')).toBe(expected);
    });

    it('nothing where there is nothing', () => {
      expect(Object.keys(found).sort()).toEqual(PLANTED.map(([path]) => path).sort());
    });
  });
});
