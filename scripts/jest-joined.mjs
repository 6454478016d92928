/**
 * A transform for Jest that joins a package of several hundred small modules into one. Each test file has a registry of its
 * own, so it loads everything again, and a module costs a millisecond whatever is in it. Other packages stay outside.
 */
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { buildSync, version } from 'esbuild';

export default {
  process(_source, path) {
    const { outputFiles } = buildSync({
      entryPoints: [path],
      bundle: true,
      write: false,
      packages: 'external',
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      keepNames: true,
      logLevel: 'silent',
    });
    return { code: outputFiles[0].text };
  },
  getCacheKey: (source, path) =>
    createHash('sha256')
      .update(`${version}${path}${readFileSync(import.meta.filename)}${source}`)
      .digest('hex'),
};
