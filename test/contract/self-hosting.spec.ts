import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { limitsTable, quotasTable, settingsTable } from '../../apps/relay/src/platform/config/config-table.js';

const ROOT = join(import.meta.dirname, '../..');
const committed = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

describe('the tables of docs/self-hosting.md', () => {
  it.each([
    ['settings', settingsTable],
    ['limits', limitsTable],
    ['quotas', quotasTable],
  ])('of %s are those of this build (`npm run contract` writes them anew)', (name, table) => {
    const [, written] =
      new RegExp(`<!-- ${name} -->\n([\\s\\S]*?)\n<!-- /${name} -->`).exec(committed('docs/self-hosting.md')) ?? [];
    expect(written).toBe(table());
  });

  it('have a line for every setting that .env.example offers, and no value where a secret belongs', () => {
    const offered = committed('.env.example').matchAll(/^#?\s?([A-Z][A-Z_]+)=(.*)$/gm);
    const table = settingsTable();
    for (const [, name = ''] of offered) expect(table).toContain(name);
  });
});
