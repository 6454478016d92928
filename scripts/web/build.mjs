#!/usr/bin/env node
/**
 * Builds the web app into dist/web, with a compressed copy beside each file, and weighs what a browser loads before it shows
 * anything. Too much is a failure.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'vite';
import { firstLoad, MOST_FIRST_LOAD_BYTES } from './first-load.mjs';

const OUT = 'dist/web';
const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.wasm', '.webmanifest']);
/** Brotli's best takes five times as long as this, for 3 % less. */
const BROTLI_QUALITY = 9;

await build({ configFile: 'apps/web/vite.config.mjs', logLevel: 'warn' });
const files = readdirSync(OUT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
await Promise.all(files.map(({ parentPath, name }) => compress(join(parentPath, name))));

const { bytes, files: loaded } = firstLoad(OUT);
const kilobytes = (count) => `${(count / 1024).toFixed(1)} KB`;
console.log(
  `web app: first load ${kilobytes(bytes)} gzip in ${loaded} files, ${kilobytes(MOST_FIRST_LOAD_BYTES)} at most`,
);
if (bytes > MOST_FIRST_LOAD_BYTES) process.exit(1);

async function compress(path) {
  if (!COMPRESSED.has(extname(path))) return;
  const content = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  writeFileSync(`${path}.br`, await promisify(brotliCompress)(content, { params }));
  writeFileSync(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
