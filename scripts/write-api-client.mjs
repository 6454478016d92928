#!/usr/bin/env node
/**
 * Generates libs/api-client/src/paths.ts, the types of the HTTP client, from openapi.json. With `--check` it writes nothing,
 * and fails when what is there differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import openapiTS, { astToString } from 'openapi-typescript';

const FILE = 'libs/api-client/src/paths.ts';
const HEAD = '// Generated from openapi.json by `npm run contract`. Do not edit.\n\n';

const document = JSON.parse(readFileSync('openapi.json', 'utf8'));
const generated = HEAD + astToString(await openapiTS(document, { silent: true }));
if (!process.argv.includes('--check')) writeFileSync(FILE, generated);
else if (readFileSync(FILE, 'utf8') !== generated) {
  console.error(`${FILE} is not what openapi.json generates: run \`npm run contract\`.`);
  process.exitCode = 1;
}
