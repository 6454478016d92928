import { spawnSync } from 'node:child_process';
import { isOutdated } from './outdated.mjs';

const SOURCES = [
  'apps/relay',
  'libs/protocol',
  'ormconfig.ts',
  'package.json',
  'tsconfig.json',
  'nest-cli.json',
  'scripts/bundle.mjs',
];

/** Builds the relay if it has no build, or an older one than its sources. */
export function buildRelay() {
  if (isOutdated('dist/relay/main.js', SOURCES))
    build(['node_modules/@nestjs/cli/bin/nest.js', 'build', 'relay'], ['scripts/bundle.mjs']);
}

export function build(...steps) {
  console.error('Building …');
  for (const step of steps) {
    // What a command answers is all that it writes to standard output.
    const { status } = spawnSync(process.execPath, step, { stdio: ['inherit', process.stderr, 'inherit'] });
    if (status !== 0) process.exit(status ?? 1);
  }
}
