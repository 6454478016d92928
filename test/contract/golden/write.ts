import { existsSync, writeFileSync } from 'node:fs';
import { makeGolden } from './make.js';
import { recordGroups } from './record-groups.js';

const GROUPS = 'libs/protocol/golden-groups.json';

/**
 * `npm run golden`. The encodings may gain lines; one that changes breaks every client there is. Groups are random: they are
 * recorded once, and again only if somebody deletes the file.
 */
async function write(): Promise<void> {
  writeJson('libs/protocol/golden.json', await makeGolden());
  if (!existsSync(GROUPS)) writeJson(GROUPS, await recordGroups());
}

function writeJson(path: string, content: unknown): void {
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
}

write().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
