#!/usr/bin/env node
/** The terminal client; it is built first when there is no build, or an older one than the sources. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { isOutdated } from './outdated.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const MAIN = join(ROOT, 'dist/cli/main.js');
const SOURCES = ['apps/cli', 'libs', 'package-lock.json', 'tsconfig.json', 'scripts/cli.mjs'];

if (
  isOutdated(
    MAIN,
    SOURCES.map((path) => join(ROOT, path)),
  )
)
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['apps/cli/src/main.ts'],
    outfile: MAIN,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    conditions: ['source'],
    // Native code stays a package. The others load one by one in three times the time.
    external: ['classic-level'],
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'warning',
  });
// npm starts its scripts in the root: paths in the arguments are those of whoever typed them.
if (process.env.INIT_CWD !== undefined) process.chdir(process.env.INIT_CWD);
await import(pathToFileURL(MAIN).href);
