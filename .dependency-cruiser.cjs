/**
 * Who may import whom (docs/architecture.md). Each rule is proven by a planted violation in
 * test/house/import-rules.spec.ts: a rule added here needs one there, or that test fails.
 */

const relay = '^apps/relay/src/';
/** Captures the name of a feature; `platform/` lies below them all and is none. */
const feature = `${relay}(?!platform/)([^/]+)/`;
/** Specs and their fixtures are never shipped. */
const testOnly = '[.-](spec|fixture)\\.tsx?$';
/** Runs in browsers as well as in Node. */
const sharedCode = '^libs/(protocol|crypto|sdk|api-client)/';
/** `import type` leaves nothing behind at run time. */
const atRunTime = { dependencyTypesNot: ['type-only'] };

const packages = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;
const transport = packages(
  'fastify',
  '@fastify/[^/]+',
  'socket\\.io',
  'engine\\.io',
  'ws',
  '@nestjs/swagger',
  '@nestjs/websockets',
  '@nestjs/platform-[^/]+',
);
/** The MLS library and its parts: of them only what is bundled into the SDK reaches anybody, patched as it was built. */
const mls = packages('ts-mls', '@hpke/[^/]+', '@noble/hashes');
const database = packages('typeorm', '@nestjs/typeorm', 'pg', 'pg-[^/]+');

/** What belongs to the trust boundary of each part of the tree. */
const trustBoundaries = [
  {
    name: 'relay-is-blind',
    comment: 'The relay must never be able to decrypt: no crypto, no SDK, no MLS library.',
    severity: 'error',
    from: { path: '^apps/relay/' },
    to: { path: ['^libs/(crypto|sdk)/', mls] },
  },
  {
    name: 'libs-never-import-apps',
    comment: 'Libraries lie below the applications. Only libs/testing may start one.',
    severity: 'error',
    from: { path: '^libs/', pathNot: '^libs/testing/' },
    to: { path: '^apps/' },
  },
  {
    name: 'protocol-is-a-leaf',
    comment: 'The wire contract depends on nothing else of ours.',
    severity: 'error',
    from: { path: '^libs/protocol/' },
    to: { path: '^libs/', pathNot: '^libs/(protocol|testing)/' },
  },
  {
    name: 'crypto-imports-protocol-only',
    severity: 'error',
    from: { path: '^libs/crypto/' },
    to: { path: '^libs/', pathNot: '^libs/(crypto|protocol|testing)/' },
  },
  {
    name: 'sdk-imports-protocol-crypto-and-api-client-only',
    severity: 'error',
    from: { path: '^libs/sdk/' },
    to: { path: '^libs/', pathNot: '^libs/(sdk|protocol|crypto|api-client|testing)/' },
  },
  {
    name: 'clients-go-through-the-sdk',
    comment: 'The web and terminal clients see the SDK and the protocol: no crypto, no server.',
    severity: 'error',
    from: { path: '^apps/(web|cli)/' },
    to: { path: '^(apps|libs)/', pathNot: ['^apps/$1/', '^libs/(sdk|protocol|testing)/'] },
  },
  {
    name: 'web-app-imports-no-server-package',
    comment: 'What the web app imports, browsers load.',
    severity: 'error',
    from: { path: '^apps/web/src/', pathNot: testOnly },
    to: { path: [transport, database, mls, packages('@nestjs/[^/]+', 'ioredis', 'pino')] },
  },
  {
    name: 'web-app-imports-no-node-core',
    comment: 'Browsers have none of it.',
    severity: 'error',
    from: { path: '^apps/web/src/', pathNot: testOnly },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'shared-code-imports-no-node-core',
    comment: 'protocol, crypto, sdk and api-client also run in browsers; only #sdk/node does not.',
    severity: 'error',
    from: { path: sharedCode, pathNot: [testOnly, '^libs/sdk/src/node/'] },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'sdk-for-node-and-for-browsers-by-their-own-entry',
    comment: '#sdk runs everywhere. What runs in Node only, or in browsers only, is in #sdk/node and #sdk/browser.',
    severity: 'error',
    from: { path: '^libs/sdk/src/([^/]+)', pathNot: testOnly },
    to: { path: '^libs/sdk/src/(node|browser)/', pathNot: '^libs/sdk/src/$1/' },
  },
  {
    name: 'native-packages-in-sdk-for-node-only',
    comment: 'A bundler for browsers cannot do anything with an addon.',
    severity: 'error',
    from: { path: sharedCode, pathNot: ['^libs/sdk/src/node/'] },
    to: { path: packages('classic-level') },
  },
  {
    name: 'shared-code-imports-no-server-package',
    comment: 'protocol, crypto, sdk and api-client also run in browsers.',
    severity: 'error',
    from: { path: sharedCode, pathNot: testOnly },
    to: { path: [transport, database, packages('@nestjs/[^/]+', 'ioredis', 'pino')] },
  },
];

/** How the relay is built: features beside each other, each in the order edge, service, store. */
const insideTheRelay = [
  {
    name: 'platform-knows-no-feature',
    severity: 'error',
    from: { path: `${relay}platform/` },
    to: { path: `${relay}(?!platform/)` },
  },
  {
    name: 'features-meet-at-the-index',
    comment: "A feature is entered by its index.ts, from other features and from the relay's root files alike.",
    severity: 'error',
    from: { path: [feature, `${relay}[^/]+\\.ts$`] },
    to: { path: feature, pathNot: [`${relay}$1/`, `${relay}[^/]+/index\\.ts$`] },
  },
  {
    name: 'edge-never-touches-storage',
    comment: 'Controllers and gateways translate, services decide, stores persist: three hops.',
    severity: 'error',
    from: { path: '\\.(controller|gateway)\\.ts$' },
    to: { path: '\\.(store|entity)\\.ts$' },
  },
  {
    name: 'rules-know-no-transport',
    comment: 'A rule reads the same over HTTP and Socket.IO and names no database.',
    severity: 'error',
    from: { path: `${feature}.*\\.(service|errors)\\.ts$` },
    to: { path: ['\\.(controller|gateway|dto)\\.ts$', transport, database] },
  },
  {
    name: 'storage-knows-no-transport',
    severity: 'error',
    from: { path: '\\.(store|entity)\\.ts$' },
    to: { path: ['\\.(controller|gateway|dto)\\.ts$', transport] },
  },
  {
    name: 'only-stores-and-entities-import-typeorm',
    severity: 'error',
    from: {
      path: '^apps/',
      pathNot: ['\\.(store|entity)\\.ts$', `${relay}platform/database/`, '^apps/relay/migrations/', testOnly],
    },
    to: { path: database },
  },
];

/** What holds everywhere. */
const everywhere = [
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one file, or three. Type-only circles vanish in the build.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: atRunTime },
  },
  {
    name: 'testing-only-from-specs-and-test',
    severity: 'error',
    from: { pathNot: ['^libs/testing/', '^test/', testOnly] },
    to: { path: ['^libs/testing/', '^test/', testOnly] },
  },
  {
    name: 'shipped-code-imports-declared-packages',
    comment:
      'The image has the `dependencies` of package.json and nothing else. MLS is in no image: the SDK bundles it, and the build of the web app bundles everything.',
    severity: 'error',
    from: { path: ['^apps/', '^libs/'], pathNot: ['^apps/web/', '^libs/testing/', testOnly] },
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: mls, ...atRunTime },
  },
  {
    name: 'not-to-unresolvable',
    comment: 'An import that leads nowhere would slip past every other rule.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...trustBoundaries, ...insideTheRelay, ...everywhere],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    // Scripts import the built relay, whose source is checked. Our own dist only: packages have one as well.
    exclude: { path: '^[./]*dist/' },
    // `source` leads the `imports` of package.json (#protocol …) to TypeScript instead of the build.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'require', 'types', 'default'],
    },
  },
};
