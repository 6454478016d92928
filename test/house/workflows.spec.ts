import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What GitHub runs, as far as that can be told here. */

const folder = resolve(__dirname, '../../.github/workflows');
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
const ci = readFileSync(join(folder, 'ci.yml'), 'utf8');

describe('the workflows', () => {
  test('run all that is checked on every version of Node that there is to support', () => {
    expect(ci).toMatch(/node: \[20, 22, 24\]/);
    expect(ci).toMatch(/^ +- run: \.ci\/run$/m);
  });

  test.each(workflows)('$name may read the repository, and no more unless a job says so', ({ text }) => {
    expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
  });

  test.each(workflows)('$name keeps no credentials in what it has checked out', ({ text }) => {
    const checkouts = text.split('uses: actions/checkout@').slice(1);
    expect(checkouts.length).toBeGreaterThan(0);
    for (const checkout of checkouts) expect(checkout).toMatch(/^v\d+\n +with:\n +persist-credentials: false\n/);
  });

  test.each(workflows)('$name puts nothing into a command that others have written', ({ text }) => {
    const commands = [...text.matchAll(/^ +(?:- )?run: (.*(?:\n {10,}.*)*)/gm)].map(([, command = '']) => command);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command).not.toContain('${{');
  });
});
