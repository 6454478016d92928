/** A program of Node's for a measurement, from sources that it shares with the SDK. */
import { symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');

/**
 * @param entry of the program, by its path. @param directory where it is put, with the packages beside it.
 * @returns where it lies.
 */
export async function bundleProgram(entry, directory) {
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
  const outfile = join(directory, `${basename(entry).split('.')[0]}.mjs`);
  await build({
    entryPoints: [entry],
    outfile,
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
    // Not made to be part of one file.
    external: ['classic-level', 'playwright-core'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return outfile;
}
