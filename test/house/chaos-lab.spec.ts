import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

/** `npm run chaos -- list` is what an engineer goes by: it has each control of the lab, and says what is done for it. */

const CONTROLS = [...[1, 2, 3, 4, 5, 6, 7, 8, 10, 11], ...[15, 16, 17, 18, 19]].map(
  (number) => `R-${String(number).padStart(2, '0')}`,
);

describe('the chaos lab', () => {
  const list = execFileSync(process.execPath, ['scripts/chaos.mjs', 'list'], {
    cwd: resolve(__dirname, '../..'),
    encoding: 'utf8',
  });
  const heads = [...list.matchAll(/^([\w-]+)(?: \((.*)\))?: test\//gm)];

  it('has a case for each of its controls, under names of which none is there twice', () => {
    const ids = new Set(heads.flatMap(([, , of = '']) => of.split(', ')));
    expect(CONTROLS.filter((id) => !ids.has(id))).toEqual([]);
    const names = heads.map(([, name]) => name);
    expect(names).toHaveLength(new Set(names).size);
    expect(names).toEqual(expect.arrayContaining(['history', 'kill-relay', 'connection-storm', 'soak']));
  });

  it('says how much of something each case does, short and long, as the tests have it', () => {
    expect(list).toContain('    KILLS: short 5, long 20\n');
    expect(list).toContain('    CLIENTS: short 1 000, long 10 000\n');
    expect(list).toContain('    minutes: short 2.5, long 120, or --minutes N\n');
  });
});
