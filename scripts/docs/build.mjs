#!/usr/bin/env node
/** Builds the site of docs/ into dist/docs: files for any server, all of them from here. */
import { resolve } from 'node:path';
import { build } from 'vitepress';
import { gatherPages } from './gather.mjs';
import { SITE } from './places.mjs';

const root = resolve(import.meta.dirname, '../..');

await gatherPages(root);
await build(resolve(root, 'docs'), { logLevel: 'warn' });
console.log(`docs: built into ${SITE}`);
