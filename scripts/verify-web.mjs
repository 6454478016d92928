#!/usr/bin/env node
/**
 * Compares the web app that a host serves with a build, file by file: what they hold in every encoding, and under which policy
 * they come. Ends with one plain line, and with 1 when anything differs, 2 when nothing could be compared.
 *
 *   npm run build:web && npm run verify-web -- https://chat.example.org
 *   npm run verify-web -- https://chat.example.org --manifest web-manifest.json    one that was published
 */
import { parseArgs } from 'node:util';
import { compareHost } from './web/compare-host.mjs';
import { readManifest } from './web/read-manifest.mjs';

const { values: options, positionals } = parseArgs({
  options: { manifest: { type: 'string', default: 'dist/web/web-manifest.json' } },
  allowPositionals: true,
});

process.exitCode = await verify().catch((error) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 2;
});

async function verify() {
  const [address] = positionals;
  if (address === undefined) throw new Error('Which host? npm run verify-web -- https://chat.example.org');
  const { origin } = new URL(address);
  const manifest = readManifest(options.manifest);
  const { compared, differences } = await compareHost(origin, manifest);
  for (const { path, says } of differences) console.log(`${path}: ${says}`);
  const unequal = new Set(differences.map(({ path }) => path)).size;
  const build = `version ${manifest.version} of ${options.manifest}`;
  console.log(
    unequal === 0
      ? `${origin} serves the web app of ${build}: ${compared} files, each in all encodings.`
      : `${origin} does NOT serve the web app of ${build}: ${unequal} of ${compared} files differ.`,
  );
  return unequal === 0 ? 0 : 1;
}
