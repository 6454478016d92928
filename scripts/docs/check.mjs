#!/usr/bin/env node
/** Checks the site in dist/docs: every link leads somewhere, and every route, event and export of the SDK is described. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brokenLinks } from './broken-links.mjs';
import { SITE } from './places.mjs';
import { undescribed } from './undescribed.mjs';

const root = resolve(import.meta.dirname, '../..');
const read = (file) => readFileSync(resolve(root, file), 'utf8');
const contracts = {
  openapi: JSON.parse(read('openapi.json')),
  asyncapi: JSON.parse(read('asyncapi.json')),
  apiReport: read('libs/sdk/api.md'),
};

const broken = brokenLinks(resolve(root, SITE));
const { counts, missing } = undescribed(resolve(root, SITE), contracts);
for (const { page, link } of broken) console.error(`✗ ${page} refers to ${link}, which is not there`);
for (const name of missing) console.error(`✗ ${name} is not described`);
const told = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
if (broken.length + missing.length === 0) console.log(`docs: ${told.join(', ')} described, and no broken link`);
// None at all would be a mistake of the check.
process.exitCode = broken.length + missing.length > 0 || Object.values(counts).includes(0) ? 1 : 0;
