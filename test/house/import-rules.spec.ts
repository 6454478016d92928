import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

/** Who may import whom is worth what its alarms are worth: each rule must go off at a planted violation. */

const root = resolve(__dirname, '../..');
const ruleFile = join(root, '.dependency-cruiser.cjs');
const roots = ['apps', 'libs', 'test', 'scripts', 'examples', 'ormconfig.ts'];

/** A small relay in which everything is where it belongs. */
const cleanTree: Record<string, string> = {
  'ormconfig.ts': `import { DataSource } from 'typeorm'; import { Account } from './apps/relay/src/auth/account.entity.js'; export const source = [DataSource, Account];`,
  'examples/send.mjs': `import { io } from 'socket.io-client'; export { io };`,
  'scripts/write-contract.mjs': `import { relay } from '../dist/apps/relay/src/main.js'; console.log(relay);`,
  'libs/protocol/src/index.ts': `export const protocolVersion = 1;`,
  'libs/crypto/src/index.ts': `export * from '#protocol'; export { createGroup } from 'ts-mls'; export { CipherSuite } from '@hpke/core';`,
  'libs/crypto/src/vectors.spec.ts': `import { readFileSync } from 'node:fs'; import { factory } from '#testing'; export const read = [readFileSync, factory];`,
  'libs/api-client/src/index.ts': `export * from '#protocol';`,
  'libs/search/src/index.ts': `export * from '#protocol';`,
  'libs/sdk/src/index.ts': `export * from '#protocol'; export * from '#crypto'; export * from '#api-client';`,
  'libs/sdk/src/node/index.ts': `import { mkdir } from 'node:fs/promises'; import { ClassicLevel } from 'classic-level'; import * as sdk from '../index.js'; export const node = [mkdir, ClassicLevel, sdk];`,
  'libs/sdk/src/browser/index.ts': `import { openDB } from 'idb'; import * as sdk from '../index.js'; export const browser = [openDB, sdk];`,
  'libs/testing/src/index.ts': `import { mkdtempSync } from 'node:fs'; import pg from 'pg'; import { relay } from '../../../apps/relay/src/relay.module.js'; export const factory = [mkdtempSync, pg, relay];`,
  'apps/web/src/main.ts': `import { show } from './show.js'; import * as sdk from '#sdk'; import * as protocol from '#protocol'; export const web = [show, sdk, protocol];`,
  'apps/web/src/show.ts': `export const show = 1;`,
  'apps/cli/src/main.ts': `export * from '#sdk';`,
  'apps/relay/migrations/1-accounts.ts': `import type { MigrationInterface } from 'typeorm'; export type Migration = MigrationInterface;`,
  'apps/relay/src/main.ts': `import { relay } from './relay.module.js'; export { relay };`,
  'apps/relay/src/relay.module.ts': `import { auth } from './auth/index.js'; import { keys } from './keys/index.js'; import { connect } from './platform/database/database.js'; export const relay = [auth, keys, connect];`,
  'apps/relay/src/platform/database/database.ts': `import { DataSource } from 'typeorm'; import pg from 'pg'; export const connect = [DataSource, pg];`,
  'apps/relay/src/platform/http/adapter.ts': `import type { FastifyRequest } from 'fastify'; export type Incoming = FastifyRequest;`,
  'apps/relay/src/keys/index.ts': `export { KeysService as keys } from './keys.service.js';`,
  'apps/relay/src/keys/keys.service.ts': `import { auth } from '../auth/index.js'; import { protocolVersion } from '#protocol'; export const KeysService = [auth, protocolVersion];`,
  'apps/relay/src/auth/index.ts': `export { AuthController as auth } from './auth.controller.js';`,
  'apps/relay/src/auth/auth.controller.ts': `import { Get } from '@nestjs/common'; import { AuthService } from './auth.service.js'; import { AuthDto } from './auth.dto.js'; export const AuthController = [Get, AuthService, AuthDto];`,
  'apps/relay/src/auth/auth.dto.ts': `import { ApiProperty } from '@nestjs/swagger'; export const AuthDto = ApiProperty;`,
  'apps/relay/src/auth/auth.service.ts': `import { createHash } from 'node:crypto'; import { AuthStore } from './auth.store.js'; import { refused } from './auth.errors.js'; export const AuthService = [createHash, AuthStore, refused];`,
  'apps/relay/src/auth/auth.errors.ts': `export const refused = 1;`,
  'apps/relay/src/auth/auth.store.ts': `import { Repository } from 'typeorm'; import { Account } from './account.entity.js'; export const AuthStore = [Repository, Account];`,
  'apps/relay/src/auth/account.entity.ts': `import { Entity } from 'typeorm'; export const Account = Entity;`,
  'apps/relay/src/auth/account.fixture.ts': `export { factory } from '#testing';`,
  'apps/relay/src/auth/auth.service.spec.ts': `import { DataSource } from 'typeorm'; import { factory } from './account.fixture.js'; export const spec = [DataSource, factory];`,
  'apps/relay/src/auth/points-back.ts': `import type { PointedAt } from './pointed-at.js'; export interface PointsBack { to: PointedAt }`,
  'apps/relay/src/auth/pointed-at.ts': `import type { PointsBack } from './points-back.js'; export interface PointedAt { from: PointsBack }`,
  'test/e2e/send.spec.ts': `import { factory } from '#testing'; import { relay } from '../../apps/relay/src/relay.module.js'; export const spec = [factory, relay];`,
};

interface Plant {
  readonly rule: string;
  readonly file: string;
  readonly source: string;
}

const plant = (rule: string, file: string, source: string): Plant => ({ rule, file, source });

/** One file each, wrong in exactly one way. */
const plants: readonly Plant[] = [
  plant('relay-is-blind', 'apps/relay/src/auth/decrypts.ts', `import * as crypto from '#crypto'; export { crypto };`),
  plant(
    'relay-is-blind',
    'apps/relay/src/auth/names-a-key.ts',
    `import type * as crypto from '#crypto'; export type Key = typeof crypto;`,
  ),
  plant(
    'relay-is-blind',
    'apps/relay/src/platform/http/passes-on.ts',
    `export * from '../../../../../libs/sdk/src/index.js';`,
  ),
  plant('relay-is-blind', 'apps/relay/src/auth/encrypts.ts', `export { CipherSuite } from '@hpke/core';`),
  plant('relay-is-blind', 'apps/relay/migrations/2-decrypts.ts', `export const later = () => import('#crypto');`),
  plant(
    'relay-is-blind',
    'apps/relay/src/auth/decrypts.spec.ts',
    `import * as crypto from '#crypto'; export { crypto };`,
  ),
  plant(
    'libs-never-import-apps',
    'libs/sdk/src/starts-the-relay.ts',
    `export * from '../../../apps/relay/src/main.js';`,
  ),
  plant('protocol-is-a-leaf', 'libs/protocol/src/encrypts.ts', `export * from '#crypto';`),
  plant('crypto-imports-protocol-only', 'libs/crypto/src/sends.ts', `export * from '#sdk';`),
  plant(
    'sdk-imports-protocol-crypto-and-api-client-only',
    'libs/sdk/src/searches.ts',
    `export * from '../../search/src/index.js';`,
  ),
  plant('clients-go-through-the-sdk', 'apps/web/src/decrypts.ts', `export * from '#crypto';`),
  plant('clients-go-through-the-sdk', 'apps/cli/src/serves.ts', `export * from '../../relay/src/main.js';`),
  plant('web-app-imports-no-server-package', 'apps/web/src/injects.ts', `export { Injectable } from '@nestjs/common';`),
  plant('web-app-imports-no-node-core', 'apps/web/src/reads-a-file.ts', `export * from 'node:fs';`),
  plant('shared-code-imports-no-node-core', 'libs/crypto/src/reads-a-file.ts', `export * from 'node:fs';`),
  plant('shared-code-imports-no-node-core', 'libs/protocol/src/reads-a-file.ts', `export * from 'fs';`),
  plant(
    'sdk-for-node-and-for-browsers-by-their-own-entry',
    'libs/sdk/src/opens-a-folder.ts',
    `export * from './node/index.js';`,
  ),
  plant(
    'sdk-for-node-and-for-browsers-by-their-own-entry',
    'libs/sdk/src/browser/opens-a-folder.ts',
    `export * from '../node/index.js';`,
  ),
  plant(
    'native-packages-in-sdk-for-node-only',
    'libs/sdk/src/browser/loads-an-addon.ts',
    `export { ClassicLevel } from 'classic-level';`,
  ),
  plant(
    'shared-code-imports-no-server-package',
    'libs/sdk/src/injects.ts',
    `export { Injectable } from '@nestjs/common';`,
  ),
  plant(
    'shared-code-imports-no-server-package',
    'libs/protocol/src/describes.ts',
    `export { ApiProperty } from '@nestjs/swagger';`,
  ),
  plant(
    'platform-knows-no-feature',
    'apps/relay/src/platform/logging/names-accounts.ts',
    `export * from '../../auth/index.js';`,
  ),
  plant(
    'features-meet-at-the-index',
    'apps/relay/src/keys/reaches-into-auth.ts',
    `export * from '../auth/auth.service.js';`,
  ),
  plant('features-meet-at-the-index', 'apps/relay/src/reaches-into-auth.ts', `export * from './auth/auth.service.js';`),
  plant(
    'edge-never-touches-storage',
    'apps/relay/src/auth/reads.controller.ts',
    `import { AuthStore } from './auth.store.js'; export { AuthStore };`,
  ),
  plant(
    'edge-never-touches-storage',
    'apps/relay/src/auth/reads.gateway.ts',
    `import type { Account } from './account.entity.js'; export type Row = typeof Account;`,
  ),
  plant(
    'rules-know-no-transport',
    'apps/relay/src/auth/describes.service.ts',
    `export { ApiProperty } from '@nestjs/swagger';`,
  ),
  plant(
    'rules-know-no-transport',
    'apps/relay/src/auth/emits.service.ts',
    `import type { Server } from 'socket.io'; export type Emits = Server;`,
  ),
  plant(
    'rules-know-no-transport',
    'apps/relay/src/auth/replies.errors.ts',
    `import type { FastifyReply } from 'fastify'; export type Reply = FastifyReply;`,
  ),
  plant('rules-know-no-transport', 'apps/relay/src/auth/translates.service.ts', `export * from './auth.dto.js';`),
  plant(
    'storage-knows-no-transport',
    'apps/relay/src/auth/emits.store.ts',
    `export { WebSocketServer } from '@nestjs/websockets';`,
  ),
  plant(
    'only-stores-and-entities-import-typeorm',
    'apps/relay/src/auth/auth.module.ts',
    `export { Repository } from 'typeorm';`,
  ),
  plant(
    'only-stores-and-entities-import-typeorm',
    'apps/relay/src/platform/logging/queries.ts',
    `import type { Pool } from 'pg'; export type Queries = Pool;`,
  ),
  plant('no-cycles', 'apps/relay/src/auth/hen.ts', `import { egg } from './egg.js'; export const hen = () => egg;`),
  plant('no-cycles', 'apps/relay/src/auth/egg.ts', `import { hen } from './hen.js'; export const egg = () => hen;`),
  plant('testing-only-from-specs-and-test', 'apps/relay/src/auth/plays.ts', `export * from '#testing';`),
  plant('testing-only-from-specs-and-test', 'apps/relay/src/auth/borrows.ts', `export * from './account.fixture.js';`),
  plant(
    'shipped-code-imports-declared-packages',
    'apps/relay/src/platform/logging/prettifies.ts',
    `export * from 'pino-pretty';`,
  ),
  plant(
    'shipped-code-imports-declared-packages',
    'apps/relay/src/platform/http/borrows.ts',
    `export * from 'fastify';`,
  ),
  plant('not-to-unresolvable', 'apps/relay/src/auth/lost.ts', `export * from './nowhere.js';`),
];

interface CruiseResult {
  readonly modules: readonly {
    readonly source: string;
    readonly dependencies: readonly {
      readonly resolved: string;
      readonly rules?: readonly { readonly name: string }[];
    }[];
  }[];
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

/** Runs the checker as `npm run rules` does. With this output it succeeds whatever it finds. */
async function cruise(directory: string): Promise<CruiseResult> {
  const cli = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const argv = [cli, '--config', ruleFile, '--output-type', 'json', ...roots];
  const { stdout } = await promisify(execFile)(process.execPath, argv, { cwd: directory, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout) as CruiseResult;
}

function brokenRules(result: CruiseResult): Record<string, string[]> {
  const broken: Record<string, string[]> = {};
  for (const { source, dependencies } of result.modules) {
    const names = dependencies.flatMap(({ rules }) => rules ?? []).map(({ name }) => name);
    if (names.length > 0) broken[source] = [...new Set(names)];
  }
  return broken;
}

function write(directory: string, path: string, source: string): void {
  mkdirSync(dirname(join(directory, path)), { recursive: true });
  writeFileSync(join(directory, path), `${source}\n`);
}

/** The real manifest (what is declared decides what may be shipped), with libraries that do not exist yet. */
function manifest(): string {
  const real = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { imports: Record<string, unknown> };
  const ours = ['protocol', 'testing', 'crypto', 'sdk', 'api-client'];
  const imports = ours.map((lib) => [
    `#${lib}`,
    { source: `./libs/${lib}/src/index.ts`, default: `./dist/libs/${lib}/src/index.js` },
  ]);
  return JSON.stringify({ ...real, imports: { ...Object.fromEntries(imports), ...real.imports } });
}

describe('the import rules', () => {
  let directory: string;
  let broken: Record<string, string[]>;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'sealpost-rules-'));
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    write(directory, 'package.json', manifest());
    write(directory, 'tsconfig.json', readFileSync(join(root, 'tsconfig.json'), 'utf8'));
    for (const [path, source] of Object.entries(cleanTree)) write(directory, path, source);
    for (const { file, source } of plants) write(directory, file, source);
    broken = brokenRules(await cruise(directory));
  }, 60_000);

  afterAll(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  test.each(plants)('$rule is broken by $file, and no other rule is', ({ rule, file }) => {
    expect(broken[file]).toEqual([rule]);
  });

  test('stay silent where nothing is wrong', () => {
    const planted = new Set(plants.map(({ file }) => file));
    expect(Object.entries(broken).filter(([file]) => !planted.has(file))).toEqual([]);
  });

  test('have a planted violation each', () => {
    const { forbidden } = createRequire(__filename)(ruleFile) as { forbidden: { name: string; severity: string }[] };
    expect([...new Set(plants.map(({ rule }) => rule))].sort()).toEqual(forbidden.map(({ name }) => name).sort());
    expect(forbidden.filter(({ severity }) => severity !== 'error')).toEqual([]);
  });

  test('hold in this repository', async () => {
    const result = await cruise(root);
    expect(result.modules.some(({ source }) => source.startsWith('apps/relay/src/'))).toBe(true);
    expect(result.summary.violations.map(({ from, to, rule }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  }, 60_000);
});
