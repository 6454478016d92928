#!/usr/bin/env node
/**
 * Builds the web app into dist/web, or into the folder that is named: the same bytes each time. Beside each file lies a
 * compressed copy, and web-manifest.json has the SHA-256 of all. What a browser loads before it shows anything is weighed: too
 * much is a failure.
 */
import { resolve } from 'node:path';
import { build } from 'vite';
import { finish } from './finish.mjs';
import { asKilobytes, firstLoad, MOST_FIRST_LOAD_BYTES } from './first-load.mjs';

const [, , directory = 'dist/web'] = process.argv;
const outDir = resolve(directory);

// React has another build for everything else, and what is built must not hang on who builds it.
process.env.NODE_ENV = 'production';

await build({ configFile: 'apps/web/vite.config.mjs', logLevel: 'warn', build: { outDir } });
await finish(outDir);

const { bytes, files: loaded } = firstLoad(outDir);
console.log(
  `web app: first load ${asKilobytes(bytes)} gzip in ${loaded.length} files, ${asKilobytes(MOST_FIRST_LOAD_BYTES)} at most`,
);
if (bytes > MOST_FIRST_LOAD_BYTES) process.exit(1);
