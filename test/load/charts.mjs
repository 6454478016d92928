#!/usr/bin/env node
/**
 * Draws the charts of what was measured and kept (history.jsonl), and writes the tables of docs/performance.md.
 *
 *   npm run bench:charts
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chartsOf } from './lib/charts.mjs';
import { readHistory } from './lib/history.mjs';
import { withResults } from './lib/page.mjs';

const docs = resolve(dirname(fileURLToPath(import.meta.url)), '../../docs');
const history = readHistory();
for (const [name, chart] of Object.entries(chartsOf(history))) writeFileSync(join(docs, 'evidence', name), chart);
const page = join(docs, 'performance.md');
writeFileSync(page, withResults(readFileSync(page, 'utf8'), history));
console.log(`${history.length} runs are drawn.`);
