import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { servedFiles, sha256Of } from './manifest.mjs';

/** What the app loads; icons and the like are for the system. */
const KEPT = /^(index\.html|icon\.svg|(assets|workers)\/.*)$/;

/** Writes the service worker, which knows the files of this version by their SHA-256. */
export async function writeServiceWorker(directory) {
  const files = servedFiles(directory)
    .filter((path) => KEPT.test(path))
    .map((path) => [path === 'index.html' ? '/' : `/${path}`, sha256Of(readFileSync(join(directory, path)))]);
  const kept = JSON.stringify(Object.fromEntries(files));
  const version = createHash('sha256').update(kept).digest('hex').slice(0, 16);
  await build({
    entryPoints: ['apps/web/service-worker/service-worker.ts'],
    outfile: join(directory, 'sw.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    conditions: ['source'],
    define: { KEPT_FILES: kept, KEPT_VERSION: JSON.stringify(version) },
    legalComments: 'none',
    logLevel: 'warning',
  });
}
