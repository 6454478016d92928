#!/usr/bin/env node
/**
 * Builds the site of docs/, and serves it until it is stopped.
 *
 *   node scripts/docs/serve.mjs [--port 4173]
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { serve } from 'vitepress';

const { values: options } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });

await import('./build.mjs');
// Says where.
await serve({ root: resolve(import.meta.dirname, '../../docs'), port: Number(options.port) });
