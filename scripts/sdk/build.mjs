#!/usr/bin/env node
/**
 * Makes the package `@sealpost/sdk` in dist/sdk: code and types for `.`, `./browser`, `./node` and `./worker`, and what belongs to it.
 *
 * The MLS library and its parts are bundled: only so does anybody get them with our patch, and as they were tested. The rest
 * are dependencies, with exact versions.
 *
 *   node scripts/sdk/build.mjs [directory of the package, dist/sdk if left out]
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { rollup } from 'rollup';
import { dts } from 'rollup-plugin-dts';
import { assertPatched } from '../mls-patch.mjs';
import { ENTRIES, isBundled, isDependency, manifest, PARTS, SCRIPTS } from './manifest.mjs';

const [, , OUT = 'dist/sdk'] = process.argv;
/** Marks our own question to the resolver, which would come back to us. */
const ASKED = Symbol('asked');
/** Do not say it of themselves. Without it the providers of theirs that we do not use are kept. */
const WITHOUT_SIDE_EFFECTS = /node_modules\/(ts-mls|mlkem)\//;

/** Of suites that we do not have, ts-mls asks for packages when they are wanted. */
const absentIsRefused = {
  name: 'absent-is-refused',
  setup({ onLoad }) {
    onLoad({ filter: /.*/, namespace: 'absent' }, ({ path }) => ({
      contents: `throw new Error('${path} is not part of @sealpost/sdk.'); export {};`,
    }));
  },
};

/** Parts of HPKE look for Node's module where there is no WebCrypto, which is nowhere that this runs. */
const webCryptoOnly = {
  name: 'web-crypto-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^crypto$/ }, ({ path }) => ({ path, namespace: 'web-crypto', sideEffects: false }));
    onLoad({ filter: /.*/, namespace: 'web-crypto' }, () => ({
      contents: 'export const webcrypto = globalThis.crypto;',
    }));
  },
};

const dependenciesStayOutside = {
  name: 'dependencies-stay-outside',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      if (pluginData === ASKED || kind === 'entry-point') return undefined;
      if (isOutside(path)) return { path, external: true, sideEffects: false };
      const found = await resolve(path, { kind, importer, resolveDir, pluginData: ASKED });
      if (kind === 'dynamic-import' && found.errors.length > 0) return { path, namespace: 'absent' };
      return WITHOUT_SIDE_EFFECTS.test(found.path) ? { ...found, sideEffects: false } : found;
    });
  },
};

assertPatched('node_modules/ts-mls');
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const { inputs, imported } = await writeCode();
await writeTypes();
writeFileSync(join(OUT, 'package.json'), `${JSON.stringify(manifest(imported), undefined, 2)}\n`);
writeFileSync(join(OUT, 'THIRD_PARTY_NOTICES'), notices(inputs));
copyFileSync('LICENSE', join(OUT, 'LICENSE'));
copyFileSync('libs/sdk/README.md', join(OUT, 'README.md'));

/** @returns the files that are in it, and the modules it asks for. */
async function writeCode() {
  const { metafile } = await build({
    entryPoints: { ...ENTRIES, ...SCRIPTS, ...PARTS },
    outdir: OUT,
    entryNames: '[dir]/[name]',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'neutral',
    mainFields: ['module', 'main'],
    conditions: ['source', 'import'],
    format: 'esm',
    target: 'es2022',
    plugins: [webCryptoOnly, absentIsRefused, dependenciesStayOutside],
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  const outputs = Object.values(metafile.outputs);
  const kept = outputs.flatMap((output) =>
    Object.entries(output.inputs).filter(([, { bytesInOutput }]) => bytesInOutput),
  );
  const imported = outputs.flatMap(({ imports }) => imports.filter(({ external }) => external).map(({ path }) => path));
  return { inputs: new Set(kept.map(([path]) => path)), imported };
}

/** One declaration for each name, without those that an app has no use for. */
async function writeTypes() {
  const bundle = await rollup({
    input: ENTRIES,
    external: isOutside,
    plugins: [dts({ tsconfig: 'libs/sdk/tsconfig.types.json' })],
    onwarn: ({ message }) => {
      throw new Error(message);
    },
  });
  await bundle.write({
    dir: OUT,
    entryFileNames: '[name].d.ts',
    chunkFileNames: 'chunks/[name].d.ts',
    minifyInternalExports: false,
  });
  await bundle.close();
  for (const name of Object.keys(SCRIPTS)) writeFileSync(join(OUT, `${name}.d.ts`), 'export {};\n');
}

function isOutside(path) {
  return isDependency(path) || path.startsWith('node:');
}

/** The licences of all that is bundled. @throws {Error} if one has none, or was not meant to be. */
function notices(paths) {
  const folders = [...paths].flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []);
  const texts = [...new Set(folders)].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (!isBundled(name)) throw new Error(`${name} is new in @sealpost/sdk: bundle it, or make it a dependency.`);
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    if (file === undefined) throw new Error(`${name} brings no text of its licence.`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  });
  return [`This package contains code of others, under these licences.\n`, ...texts].join(`\n${'-'.repeat(80)}\n\n`);
}
