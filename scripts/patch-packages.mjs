// Run after each installation: applies `patches/`. Where only what is shipped is installed there is nothing to patch.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PROGRAM = 'node_modules/patch-package/index.js';

if (existsSync(PROGRAM) && existsSync('patches') && existsSync('node_modules/ts-mls'))
  execFileSync(process.execPath, [PROGRAM, '--error-on-fail'], { stdio: 'inherit' });
