import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Whoever has the sources can build what a relay serves, and so compare the two. */

const root = resolve(__dirname, '../..');
const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'sealpost-build-')));

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

const contents = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((path) => [path.slice(folder.length), readFileSync(path).toString('base64')]),
  );

it('two clean builds of the web app are the same, byte for byte, also compressed (C-66)', async () => {
  for (const folder of folders)
    await promisify(execFile)(process.execPath, ['scripts/web/build.mjs', folder], { cwd: root, timeout: 300_000 });
  const [one, other] = folders.map(contents);
  expect([...one!.keys()].sort()).toEqual([...other!.keys()].sort());
  expect([...one!].filter(([path, content]) => other!.get(path) !== content).map(([path]) => path)).toEqual([]);
  expect(one!.size).toBeGreaterThan(30);
}, 660_000);
