#!/usr/bin/env node
/** Writes openapi.json and asyncapi.json from the built relay, and the generated tables of docs/self-hosting.md. */
import { readFileSync, writeFileSync } from 'node:fs';
import { relayAsyncApi, relayOpenApi } from '../dist/apps/relay/src/contract.js';
import { limitsTable, quotasTable, settingsTable } from '../dist/apps/relay/src/platform/config/config-table.js';

writeFileSync('openapi.json', `${JSON.stringify(await relayOpenApi(), null, 2)}\n`);
writeFileSync('asyncapi.json', `${JSON.stringify(await relayAsyncApi(), null, 2)}\n`);

const page = 'docs/self-hosting.md';
let text = readFileSync(page, 'utf8');
for (const [name, table] of Object.entries({ settings: settingsTable(), limits: limitsTable(), quotas: quotasTable() }))
  text = text.replace(
    new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`),
    (_all, open, close) => `${open}${table}${close}`,
  );
writeFileSync(page, text);
process.exit(0);
