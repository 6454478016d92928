import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { TestRelay } from '#testing';

/** The package as somebody has it who installs it and follows its README: packed, and in a folder of its own. */

const run = promisify(execFile);
const root = resolve(__dirname, '../..');
const NPM = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'];

/** Its dependencies come from the registry. */
const isOnline = spawnSync('npm', ['ping', '--fetch-retries=0', '--fetch-timeout=10000']).status === 0;
const describeOnline: (title: string, tests: () => void) => void = isOnline
  ? describe
  : (title, tests) => describe.skip(`${title} (the registry of packages cannot be reached)`, tests);

function quickstart(): string {
  const [, code] = /```js\n(\/\/ quickstart\.mjs\n.*?)```/s.exec(
    readFileSync(join(root, 'libs/sdk/README.md'), 'utf8'),
  )!;
  return code!;
}

describeOnline('the package of the SDK', () => {
  const relay = TestRelay.duringTests();
  let app: string;

  beforeAll(async () => {
    app = mkdtempSync(join(tmpdir(), 'sealpost-quickstart-'));
    const built = join(app, 'built');
    await run(process.execPath, ['scripts/sdk/build.mjs', built], { cwd: root });
    const { stdout } = await run('npm', ['pack', built, '--silent', '--pack-destination', app]);
    writeFileSync(join(app, 'package.json'), '{ "private": true }');
    await run('npm', ['install', `./${stdout.trim()}`, ...NPM], { cwd: app });
    rmSync(built, { recursive: true });
  }, 240_000);

  afterAll(() => {
    rmSync(app, { recursive: true, force: true });
  });

  it('is installed from its tarball, and its quickstart exchanges two encrypted messages', async () => {
    writeFileSync(join(app, 'quickstart.mjs'), quickstart());
    const { stdout, stderr } = await run(process.execPath, ['quickstart.mjs', relay.url], { cwd: app });
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual(['grace reads: Good morning', 'ada reads: And to you', '']);
    const entries = await relay.query<{ body: Buffer }>('SELECT body FROM entries WHERE body IS NOT NULL');
    expect(entries.length).toBeGreaterThanOrEqual(2);
    for (const { body } of entries) expect(body.toString('latin1')).not.toMatch(/Good morning|And to you/);
  });

  it('brings nothing of the MLS library but what is inside, and the licences of that', () => {
    const lock = JSON.parse(readFileSync(join(app, 'package-lock.json'), 'utf8')) as { packages: object };
    expect(Object.keys(lock.packages).filter((path) => /ts-mls|@hpke|@noble|mlkem/.test(path))).toEqual([]);
    const folder = join(app, 'node_modules/@sealpost/sdk');
    expect(readFileSync(join(folder, 'THIRD_PARTY_NOTICES'), 'utf8')).toMatch(/^ts-mls 1\.6\.4 \(MIT\)$/m);
    expect(readFileSync(join(folder, 'LICENSE'), 'utf8')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
  });
});
