#!/usr/bin/env node
/** Writes openapi.json and asyncapi.json from the built relay, and the generated tables of docs/. */
import { readFileSync, writeFileSync } from 'node:fs';
import { relayAsyncApi, relayMetrics, relayOpenApi } from '../dist/apps/relay/src/contract.js';
import { limitsTable, quotasTable, settingsTable } from '../dist/apps/relay/src/platform/config/config-table.js';

writeFileSync('openapi.json', `${JSON.stringify(await relayOpenApi(), null, 2)}\n`);
writeFileSync('asyncapi.json', `${JSON.stringify(await relayAsyncApi(), null, 2)}\n`);

writeTables('docs/self-hosting.md', { settings: settingsTable(), limits: limitsTable(), quotas: quotasTable() });
writeTables('docs/monitoring.md', { metrics: await relayMetrics() });
process.exit(0);

function writeTables(page, tables) {
  let text = readFileSync(page, 'utf8');
  for (const [name, table] of Object.entries(tables))
    text = text.replace(
      new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`),
      (_all, open, close) => `${open}${table}\n${close}`,
    );
  writeFileSync(page, text);
}
