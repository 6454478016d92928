#!/usr/bin/env node
/**
 * Shows that random histories find what they are there to find: pointed at releases of ts-mls that must not be used, they fail,
 * and pass with ours. Part of no test run, since it fetches those releases; takes a few minutes.
 *
 *   npm run mls-controls
 *
 * 1. A history of bare ts-mls: 1.6.4 as it was published refuses good trees at a join, 2.0.0-rc.10 lets whoever was removed
 *    read on, 1.6.4 with our patch does neither.
 * 2. The histories of libs/crypto and of whole devices against a relay, on 1.6.4 with its own check of trees.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const HISTORIES = 12;
const COMMITS = 15;
/** Where a joiner looks for others that the same parent has not merged, and takes the wrong ones. */
const JOIN_BUG = /must list leaf node in its unmerged_leaves/;
const LEAK = /somebody who was removed reads on/;
const SPECS = [
  { spec: 'libs/crypto/src/mls/histories.spec.ts', expected: JOIN_BUG },
  // A device keeps to itself why it cannot join.
  { spec: 'test/e2e/histories/sdk-histories.e2e-spec.ts', expected: /lost_group/ },
];
/** What ts-mls of that release imports of its own accord, at our versions. */
const BESIDE = ['@hpke/chacha20poly1305', '@hpke/core', '@hpke/dhkem-x448', '@hpke/hybridkem-x-wing', '@noble/curves'];

const root = resolve(import.meta.dirname, '..');
const directory = mkdtempSync(join(tmpdir(), 'sealpost-mls-'));
let isWrong = false;
try {
  const published = install('1.6.4');
  histories('ts-mls 1.6.4 as published', published, JOIN_BUG);
  histories('ts-mls 2.0.0-rc.10', install('2.0.0-rc.10'), LEAK);
  histories('ts-mls 1.6.4 with our patch', root, undefined);
  mendAllButTrees(published);
  for (const spec of SPECS) specs(spec, published);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
process.exitCode = isWrong ? 1 : 0;

function install(version) {
  const target = join(directory, version);
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  mkdirSync(target);
  writeFileSync(join(target, 'package.json'), '{"private":true}');
  const beside = [...BESIDE, '@noble/hashes'].map((name) => `${name}@${devDependencies[name]}`);
  const argv = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `ts-mls@${version}`, ...beside];
  execFileSync('npm', argv, { cwd: target, stdio: ['ignore', 'ignore', 'inherit'] });
  return target;
}

/** @param expected what one history at least is to find; undefined when none may find anything */
function histories(title, where, expected) {
  const found = Array.from({ length: HISTORIES }, (_none, n) => n + 1).flatMap((seed) => {
    const finding = findingOf(where, seed);
    return finding === '' ? [] : [`  seed ${seed}, ${finding}`];
  });
  const isAsExpected = expected === undefined ? found.length === 0 : found.some((line) => expected.test(line));
  say(isAsExpected, `${title}: ${found.length} of ${HISTORIES} histories find something`, found);
}

function findingOf(where, seed) {
  const argv = [join(root, 'scripts/mls-controls/one-history.mjs'), where, String(seed), String(COMMITS)];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  const [fault = 'it ends without a word'] = /^.*(?:Fatal JavaScript|Error).*$/m.exec(stderr) ?? [];
  return status === 0 ? stdout.trim() : `the process ends: ${fault.replace(/^[#\s]+/, '')}`;
}

/** What else is patched: without it our engine gets nowhere near a join. */
function mendAllButTrees(where) {
  const [theirs, ours] = [where, root].map((base) => join(base, 'node_modules/ts-mls/dist/src'));
  copyFileSync(join(ours, 'createCommit.js'), join(theirs, 'createCommit.js'));
  const file = join(theirs, 'clientState.js');
  const published = readFileSync(file, 'utf8');
  const mended = published.replace(
    'sentByClient || config.validateLifetimeOnReceive',
    'config.validateLifetimeOnReceive',
  );
  if (mended === published) throw new Error('ts-mls is not as the patch expects it');
  writeFileSync(file, mended);
}

/** Runs a spec of ours with another ts-mls in the place of ours. */
function specs({ spec, expected }, where) {
  const outputFile = join(directory, 'results.json');
  const config = join(directory, 'jest.config.mjs');
  writeFileSync(config, configWith(join(where, 'node_modules/ts-mls/dist/src')));
  const argv = ['node_modules/jest/bin/jest.js', spec, '--config', config, '--json', `--outputFile=${outputFile}`];
  spawnSync(process.execPath, argv, {
    cwd: root,
    stdio: 'ignore',
    env: { ...process.env, DEVICES: '12', STEPS: '60' },
  });
  const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8'));
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const failed = tests.filter(({ status }) => status === 'failed');
  const lines = failed.map(({ fullName, failureMessages }) => `  ${fullName}\n    ${firstLines(failureMessages)}`);
  const isFound = failed.some(({ failureMessages }) => expected.test(failureMessages.join()));
  say(isFound, `${spec} with its check of trees: ${failed.length} of ${tests.length} tests fail`, lines);
}

function configWith(library) {
  return `import base from ${JSON.stringify(join(root, 'jest.config.mjs'))};
const library = { '^ts-mls$': ${JSON.stringify(`${library}/index.js`)}, '^ts-mls/(.*)$': ${JSON.stringify(`${library}/$1`)} };
const projects = base.projects.map((project) => ({
  ...project,
  rootDir: ${JSON.stringify(root)},
  // Also what in CI is left out: at its size there.
  testPathIgnorePatterns: ['/node_modules/'],
  moduleNameMapper: { ...library, ...project.moduleNameMapper },
}));
export default { ...base, projects };
`;
}

function firstLines(messages) {
  return messages.join('\n').split('\n').slice(0, 12).join('\n    ');
}

function say(isAsExpected, title, lines) {
  isWrong ||= !isAsExpected;
  console.log(`${isAsExpected ? 'as expected' : 'NOT AS EXPECTED'}: ${title}`);
  for (const line of lines) console.log(line);
}
