import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { assertPatched } from '../../scripts/mls-patch.mjs';

/** ts-mls as published lets a relay hang whoever joins: what is installed must be what we patched. */

const root = resolve(import.meta.dirname, '../..');
const installed = join(root, 'node_modules/ts-mls');

describe('the patch of ts-mls', () => {
  let project: string;
  const copy = () => join(project, 'node_modules/ts-mls');

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'sealpost-patch-'));
    mkdirSync(join(project, 'node_modules'));
    cpSync(installed, copy(), { recursive: true });
  });

  afterEach(() => {
    rmSync(project, { recursive: true, force: true });
  });

  /** As npm does it after an installation. */
  function postinstall(): number | null {
    return spawnSync(process.execPath, [join(root, 'scripts/patch-packages.mjs')], { cwd: project }).status;
  }

  function reversePatch(): void {
    const patch = spawnSync('git', ['apply', '--reverse', join(root, 'patches/ts-mls+1.6.4.patch')], { cwd: project });
    expect(String(patch.stderr)).toBe('');
  }

  it('is in what is installed', () => {
    expect(() => assertPatched(installed)).not.toThrow();
  });

  it('is missed by the guard in what is published', () => {
    reversePatch();
    expect(() => assertPatched(copy())).toThrow(/clientState\.js, dist\/src\/createCommit\.js/);
  });

  it('is asked for by the build of the SDK, which refuses what is published', () => {
    reversePatch();
    const build = spawnSync(process.execPath, [join(root, 'scripts/sdk/build.mjs')], { cwd: project });
    expect(build.status).toBe(1);
    expect(String(build.stderr)).toContain('is not 1.6.4 with our patch');
    expect(existsSync(join(project, 'dist'))).toBe(false);
  });

  it('is missed in another version, however alike', () => {
    writeFileSync(join(copy(), 'package.json'), JSON.stringify({ version: '1.6.5' }));
    expect(() => assertPatched(copy())).toThrow('1.6.5');
  });

  it('is put in by an installation, and a second one changes nothing', () => {
    reversePatch();
    symlinkSync(join(root, 'patches'), join(project, 'patches'));
    symlinkSync(join(root, 'node_modules/patch-package'), join(project, 'node_modules/patch-package'));
    copyFileSync(join(root, 'package.json'), join(project, 'package.json'));
    copyFileSync(join(root, 'package-lock.json'), join(project, 'package-lock.json'));
    for (let times = 0; times < 2; times++) {
      expect(postinstall()).toBe(0);
      expect(() => assertPatched(copy())).not.toThrow();
    }
  });

  it('asks nothing of an installation without the patcher, the patches or the package', () => {
    expect(postinstall()).toBe(0);
    rmSync(copy(), { recursive: true });
    expect(postinstall()).toBe(0);
  });
});
