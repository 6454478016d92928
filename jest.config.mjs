// Jest's own module loader cannot require() an ES module before Node 24.9, and Nest 12 and others are ES modules: every
// package of that kind is compiled to CommonJS by swc, like the code under test.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

function esmPackages(directory, found = new Set()) {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name.startsWith('.')) continue;
    const scoped = entry.name.startsWith('@');
    const names = scoped
      ? readdirSync(join(directory, entry.name)).map((name) => `${entry.name}/${name}`)
      : [entry.name];
    for (const name of names) {
      if (packageType(join(directory, name)) === 'module') found.add(name);
      const nested = join(directory, name, 'node_modules');
      if (isDirectory(nested)) esmPackages(nested, found);
    }
  }
  return found;
}

function packageType(directory) {
  try {
    return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')).type;
  } catch {
    return undefined;
  }
}

function isDirectory(path) {
  try {
    return readdirSync(path) !== undefined;
  } catch {
    return false;
  }
}

/** CommonJS, but with an import() that Jest could not follow: compiled, it is a require(). */
const importingPackages = ['@fastify/cookie', '@opentelemetry/otlp-exporter-base'];
/** Joined by scripts/jest-joined.mjs: hundreds of modules that every test of the relay would load one by one. */
const joined = ['es-toolkit/dist/compat', 'typeorm', 'zod'];
const compiled = [...esmPackages('node_modules'), ...importingPackages, ...joined.map((path) => path.split('/')[0])];

/** What brings hundreds of modules along, and is used by few tests: packages, and what `#testing` offers that needs a whole relay. */
const loadedWhenUsed = [
  '@simplewebauthn/server',
  'ioredis',
  './contract-check.js',
  './contract-document.js',
  './documented-fetch.js',
  './fake-clock.js',
  './test-postgres.js',
  './test-relay.js',
  './test-socket.js',
  './test-user.js',
];

const swc = (syntax) => ({
  swcrc: false,
  jsc: {
    parser: { syntax, decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    target: 'es2022',
    keepClassNames: true,
  },
  module: { type: 'commonjs', ignoreDynamic: false, lazy: loadedWhenUsed },
  sourceMaps: 'inline',
});

/** Only before a release: what takes long, and what in CI a smaller test stands for. */
const ofGateAlone = [
  '/test/blindness/sdk-canaries',
  '/test/browser/docs-site',
  '/test/chaos/connection-storm',
  '/test/chaos/full-disk',
  '/test/chaos/kill-upload',
  '/test/chaos/rolling-restart',
  '/test/chaos/skewed-relay',
  '/test/chaos/soak',
  '/test/controls/last-resort',
  '/test/controls/login-flood',
  '/test/e2e/admin-command',
  '/test/e2e/attachment-storage',
  '/test/e2e/attachments-object-store',
  '/test/e2e/attachments-swift',
  '/test/e2e/audit-chain',
  '/test/e2e/audit-command',
  '/test/e2e/audit-writers',
  '/test/e2e/backup-attachments',
  '/test/e2e/backup-command',
  '/test/e2e/backup-refusals',
  '/test/e2e/base-backup',
  '/test/e2e/behind-caddy',
  '/test/e2e/cli-admin',
  '/test/e2e/cli-deletion',
  '/test/e2e/cli-device',
  '/test/e2e/cli-linking',
  '/test/e2e/cli-mfa',
  '/test/e2e/cli-people',
  '/test/e2e/cli-reports',
  '/test/e2e/database-upgrade',
  '/test/e2e/doctor',
  '/test/e2e/histories/',
  '/test/e2e/load-lab',
  '/test/e2e/push-apps',
  '/test/e2e/query-plans',
  '/test/e2e/reports-command',
  '/test/e2e/retention-compaction',
  '/test/e2e/sdk-account-deletion',
  '/test/e2e/sdk-attachments',
  '/test/e2e/sdk-backup',
  '/test/e2e/sdk-browser',
  '/test/e2e/sdk-catching-up',
  '/test/e2e/sdk-contacts',
  '/test/e2e/sdk-conversations',
  '/test/e2e/sdk-deliveries',
  '/test/e2e/sdk-following',
  '/test/e2e/sdk-forked-groups',
  '/test/e2e/sdk-kills',
  '/test/e2e/sdk-late-arrivals',
  '/test/e2e/sdk-lifetimes',
  '/test/e2e/sdk-linking-history',
  '/test/e2e/sdk-repairs',
  '/test/e2e/sdk-retention',
  '/test/e2e/sdk-roster-changes',
  '/test/e2e/sdk-rotation',
  '/test/e2e/start-as-user',
  '/test/e2e/start-workers',
  '/test/e2e/web-app-account',
  '/test/e2e/web-app-admin',
  '/test/e2e/web-app-contacts',
  '/test/e2e/web-app-deletion',
  '/test/e2e/web-app-devices',
  '/test/e2e/web-app-files',
  '/test/e2e/web-app-german',
  '/test/e2e/web-app-injected',
  '/test/e2e/web-app-keyboard',
  '/test/e2e/web-app-linking',
  '/test/e2e/web-app-mfa',
  '/test/e2e/web-app-offline',
  '/test/e2e/web-app-push',
  '/test/e2e/web-app-reports',
  '/test/e2e/web-app-reproduced',
  '/test/e2e/web-app-security',
  '/test/e2e/web-app-storage',
  '/test/e2e/web-app-stored',
  '/test/e2e/web-app-timeline',
  '/test/e2e/web-app-troubles',
  '/test/e2e/web-app-two-browsers',
  '/test/e2e/web-app-verified',
  '/test/e2e/web-app-whole-story',
  '/test/e2e/web-app-xss',
];
const isGate = (process.env.RELEASE_GATE ?? '') !== '';

const base = {
  testPathIgnorePatterns: ['/node_modules/', ...(isGate ? [] : ofGateAlone)],
  testEnvironment: 'node',
  // Looked up in a sandbox, a global costs a hundred times what it does elsewhere: cryptography asks for these in its loops.
  sandboxInjectedGlobals: ['Math', 'BigInt', 'Uint8Array'],
  moduleNameMapper: {
    '^#(api-client|crypto|protocol|sdk|testing)$': '<rootDir>/libs/$1/src/index.ts',
    '^#sdk/(browser|node)$': '<rootDir>/libs/sdk/src/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'],
  },
  transform: {
    [`/node_modules/(?:${joined.join('|')})/index\\.c?js$`]: '<rootDir>/scripts/jest-joined.mjs',
    '^.+\\.ts$': ['@swc/jest', swc('typescript')],
    '^.+\\.m?js$': ['@swc/jest', swc('ecmascript')],
  },
  transformIgnorePatterns: [`/node_modules/(?!(?:.*/node_modules/)?(?:${compiled.join('|')})/)`],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/', '<rootDir>/reports/'],
};

const withDatabase = {
  ...base,
  globalSetup: '<rootDir>/libs/testing/src/global-setup.mjs',
  globalTeardown: '<rootDir>/libs/testing/src/global-teardown.mjs',
  setupFiles: isGate ? [] : ['<rootDir>/libs/testing/src/cheap-secrets.ts'],
  setupFilesAfterEnv: ['<rootDir>/libs/testing/src/documented-answers.ts'],
};

/**
 * Before a release: long tests at full size, one file at a time, so that each measures itself and not its neighbour. Where nothing
 * is measured, `GATE_WORKERS=2` takes half the time.
 */
const ofGate = {
  testTimeout: 45 * 60_000,
  maxWorkers: Number(process.env.GATE_WORKERS ?? 1),
  workerIdleMemoryLimit: '1GB',
};
/** Two cores: more workers only make every test slower. One that has grown large spends its time collecting garbage. */
const ofEveryDay = { testTimeout: 60_000, maxWorkers: 2, workerIdleMemoryLimit: '1GB' };

export default {
  ...(isGate ? ofGate : ofEveryDay),
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts', '<rootDir>/test/{house,contract}/**/*.spec.ts'],
    },
    {
      ...withDatabase,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/{e2e,contract,blindness,controls}/**/*.e2e-spec.ts'],
    },
    { ...base, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.browser-spec.ts'] },
    { ...withDatabase, displayName: 'chaos', testMatch: ['<rootDir>/test/chaos/**/*.chaos-spec.ts'] },
  ],
};
