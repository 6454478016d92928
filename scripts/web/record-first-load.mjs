#!/usr/bin/env node
/**
 * Builds the web app, adds its first load to docs/evidence/first-load.json, and draws first-load.svg of all that is recorded.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import configOf from '../../apps/web/vite.config.mjs';
import { finish } from './finish.mjs';
import { firstLoad } from './first-load.mjs';
import { chartOf } from './first-load-chart.mjs';
import { sharesOf } from './first-load-groups.mjs';
import { asLine, CHART_FILE, HISTORY_FILE, readHistory, withEntry } from './first-load-history.mjs';
import { weighGroups } from './weigh-groups.mjs';

/** What a build is made from. */
const SOURCES = ['apps/web', 'libs', 'patches', 'package-lock.json'];

// As build.mjs has it.
process.env.NODE_ENV = 'production';

const history = readHistory();
const { bytes, groups } = await weighed();
const recorded = withEntry(history, { ...whatIsBuilt(), bytes, groups });
writeFileSync(HISTORY_FILE, `${JSON.stringify(recorded, null, 2)}\n`);
writeFileSync(CHART_FILE, chartOf(recorded));
console.log(asLine(bytes, history));

/** The same bytes as `npm run build:web` makes, and what they consist of. */
async function weighed() {
  const outDir = mkdtempSync(join(tmpdir(), 'sealpost-first-load-'));
  const weights = new Map();
  const config = configOf();
  const plugins = [...config.plugins, weighGroups(weights)];
  const worker = { ...config.worker, plugins: () => [...config.worker.plugins(), weighGroups(weights)] };
  try {
    await build({
      ...config,
      configFile: false,
      logLevel: 'warn',
      plugins,
      worker,
      build: { ...config.build, outDir },
    });
    await finish(outDir);
    const load = firstLoad(outDir);
    return { bytes: load.bytes, groups: sharesOf(load.files, weights) };
  } finally {
    rmSync(outDir, { recursive: true });
  }
}

/** A `+` behind the commit says that there were changes on top of it. */
function whatIsBuilt() {
  const git = (...argv) => execFileSync('git', argv, { encoding: 'utf8' }).trim();
  const [commit, date] = git('log', '-1', '--abbrev=7', '--format=%h %cs').split(' ');
  const isChanged = git('status', '--porcelain', '--', ...SOURCES) !== '';
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  return { version, commit: isChanged ? `${commit}+` : commit, date, node: process.version };
}
