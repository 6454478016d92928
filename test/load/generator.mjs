#!/usr/bin/env node
/**
 * Puts one load (loads/) on one server and prints one JSON line. Run by lib/generate.mjs, in a process and on a core of its own.
 */
import { readFileSync } from 'node:fs';

const options = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const [{ load }, adapter] = await Promise.all([
  import(`./loads/${options.load}.mjs`),
  options.adapter === undefined ? undefined : import(`./adapters/${options.adapter}.mjs`),
]);
const figures = await load(options, adapter);
process.stdout.write(`${JSON.stringify(figures)}\n`, () => process.exit(0));
