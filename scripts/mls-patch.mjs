// What of ts-mls may be built on: version 1.6.4 with our patch (docs/adr/0008-ts-mls-patched.md), and nothing else.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const VERSION = '1.6.4';

/** SHA-256 of the patched files. */
const PATCHED = {
  'dist/src/clientState.js': '4a4358c45aa492a1e0997d63c62bce822805bf5f5b697b793a3b36812d0989bf',
  'dist/src/createCommit.js': '8da273ce06a96e3f8afca92eb50b939f9eb5b3fcbecccf027bbcc56151fcd17c',
};

/**
 * Whoever builds on ts-mls calls this first: an install that ran no scripts leaves it as it was published, and then a tree
 * that the relay serves can hang every client that joins.
 *
 * @param {string} directory where the package lies
 * @throws {Error} when it is another version, or not the patched one
 */
export function assertPatched(directory) {
  const { version } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const wrong = Object.entries(PATCHED).filter(([file, hash]) => sha256(join(directory, file)) !== hash);
  if (version === VERSION && wrong.length === 0) return;
  const files = wrong.map(([file]) => file).join(', ');
  throw new Error(
    `ts-mls ${version} is not ${VERSION} with our patch (${files}): run "node scripts/patch-packages.mjs".`,
  );
}

function sha256(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
