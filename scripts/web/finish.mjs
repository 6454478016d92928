import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { servedFiles, WEB_MANIFEST, writeManifest } from './manifest.mjs';
import { writeServiceWorker } from './service-worker.mjs';

const COMPRESSED = new Set(['.css', '.html', '.js', '.json', '.svg', '.wasm', '.webmanifest']);
/** Brotli's best takes five times as long as this, for 3 % less. */
const BROTLI_QUALITY = 9;

/** Makes of what Vite has written what a relay serves: a service worker, a list of all files, and a compressed copy beside each. */
export async function finish(directory) {
  await writeServiceWorker(directory);
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  writeManifest(directory, version);
  await Promise.all([...servedFiles(directory), WEB_MANIFEST].map((path) => compress(join(directory, path))));
}

async function compress(path) {
  if (!COMPRESSED.has(extname(path))) return;
  const content = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY };
  writeFileSync(`${path}.br`, await promisify(brotliCompress)(content, { params }));
  writeFileSync(`${path}.gz`, await promisify(gzip)(content, { level: 9 }));
}
