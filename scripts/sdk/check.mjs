#!/usr/bin/env node
/**
 * Checks the package in dist/sdk: its manifest and types as every kind of app finds them, its size in a browser, that nothing
 * of Node is in there, that all it offers is explained, and is what libs/sdk/api.md says.
 *
 *   node scripts/sdk/check.mjs [--write-api]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { apiReport } from './api-report.mjs';
import { undocumented } from './undocumented.mjs';

const PACKAGE = resolve('dist/sdk');
const REPORT = 'libs/sdk/api.md';
const MOST_KILOBYTES_IN_A_BROWSER = 250;
/** What an app gets that imports this and nothing else, in kB. The page of a worker is one. */
const SMALL_IMPORTS = [
  ['connectWorker', '@sealpost/sdk/browser', 10],
  ['IndexedDbStore', '@sealpost/sdk/browser', 5],
  ['MemoryStore', '@sealpost/sdk', 3],
  ['AccountError', '@sealpost/sdk', 3],
  ['waitFor', '@sealpost/sdk', 3],
  ['PEER_LIMITS', '@sealpost/sdk', 3],
];
/** What no declaration may ask of an app: it has neither our imports nor the unpatched library. */
const FOREIGN = /(?:from|import\()\s*['"](?:#|ts-mls|@hpke|@noble|mlkem)/;

const { values: options } = parseArgs({ options: { 'write-api': { type: 'boolean', default: false } } });
const mistakes = [];

checkWithTool('publint', ['node_modules/publint/src/cli.js', PACKAGE, '--strict']);
checkWithTool('attw', ['node_modules/@arethetypeswrong/cli/dist/index.js', '--pack', PACKAGE, '--profile', 'esm-only']);
checkDeclarations();
checkWords();
checkApi();
await inAnApp(async (app) => {
  checkTypes(app, 'node', { module: 'nodenext', lib: ['ES2023'], types: ['node'] });
  checkTypes(app, 'browser', { module: 'esnext', moduleResolution: 'bundler', lib: ['ES2023', 'DOM'], types: [] });
  const all = "export * from '@sealpost/sdk';\nexport * from '@sealpost/sdk/browser';";
  await checkBrowserBundle(app, 'In a browser, with all it needs', all, MOST_KILOBYTES_IN_A_BROWSER);
  await checkBrowserBundle(app, 'The worker', "import '@sealpost/sdk/worker';", MOST_KILOBYTES_IN_A_BROWSER);
  for (const [name, entry, most] of SMALL_IMPORTS)
    await checkBrowserBundle(app, `${name} alone`, `export { ${name} } from '${entry}';`, most);
});

for (const mistake of mistakes) console.error(`✗ ${mistake}`);
process.exitCode = mistakes.length > 0 ? 1 : 0;

function checkWithTool(name, argv) {
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (status !== 0) mistakes.push(`${name}:\n${stdout}${stderr}`);
}

function checkDeclarations() {
  const files = readdirSync(PACKAGE, { recursive: true }).filter((file) => file.endsWith('.d.ts'));
  for (const file of files)
    if (FOREIGN.test(readFileSync(join(PACKAGE, file), 'utf8')))
      mistakes.push(`${file} imports what an app does not have.`);
}

function checkWords() {
  const mutes = undocumented(PACKAGE);
  if (mutes.length > 0) mistakes.push(`Nothing is said of:\n  ${mutes.join('\n  ')}`);
}

function checkApi() {
  const report = apiReport(PACKAGE);
  if (options['write-api']) writeFileSync(REPORT, report);
  else if (report !== readFileSync(REPORT, 'utf8'))
    mistakes.push(`${REPORT} is not what the package offers: npm run sdk:api, and look at what changed.`);
}

/** A folder outside of the repository that has the package installed. */
async function inAnApp(check) {
  const app = mkdtempSync(join(tmpdir(), 'sealpost-app-'));
  try {
    mkdirSync(join(app, 'node_modules/@sealpost'), { recursive: true });
    symlinkSync(PACKAGE, join(app, 'node_modules/@sealpost/sdk'));
    writeFileSync(join(app, 'package.json'), '{ "type": "module" }');
    await check(app);
  } finally {
    rmSync(app, { recursive: true, force: true });
  }
}

function checkTypes(app, entry, compilerOptions) {
  const file = `${entry}.ts`;
  writeFileSync(join(app, file), `export * from '@sealpost/sdk';\nexport * from '@sealpost/sdk/${entry}';\n`);
  const common = {
    target: 'es2023',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    typeRoots: [resolve('node_modules/@types')],
  };
  writeFileSync(
    join(app, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...common, ...compilerOptions }, files: [file] }),
  );
  checkWithTool(`types for ${entry}`, ['node_modules/typescript/bin/tsc', '-p', app]);
}

async function checkBrowserBundle(app, title, contents, most) {
  // Whatever is of Node cannot be resolved, and fails.
  const bundle = await build({
    stdin: { contents, resolveDir: app },
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: 'es2023',
    minify: true,
    write: false,
    logLevel: 'silent',
  }).catch(({ message }) => void mistakes.push(`in a browser: ${message}`));
  if (bundle === undefined) return;
  const kilobytes = gzipSync(bundle.outputFiles[0].contents, { level: 9 }).length / 1000;
  console.log(`${title}, minified and compressed: ${kilobytes.toFixed(1)} of ${most} kB.`);
  if (kilobytes > most) mistakes.push(`${title}: it has become too large.`);
}
