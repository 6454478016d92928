// What the package says of itself, from one template: versions are those the relay's repository pins.
import { readFileSync } from 'node:fs';

/** Stay packages of their own: an app that has one of them, too, has it once, and gets its fixes without us. */
const DEPENDENCIES = [
  '@msgpack/msgpack',
  'birpc',
  'classic-level',
  'hash-wasm',
  'idb',
  'openapi-fetch',
  'socket.io-client',
  'uuid',
  'zod',
];

/** MLS and its parts, patched, and the words of linking, of which the rest of their package is not needed. */
const BUNDLED = ['@hpke', '@noble', '@scure/bip39', 'mlkem', 'ts-mls'];

/** Each is `<name>.js` with `<name>.d.ts`. */
export const ENTRIES = {
  index: 'libs/sdk/src/index.ts',
  browser: 'libs/sdk/src/browser/index.ts',
  node: 'libs/sdk/src/node/index.ts',
};

/** Are run, and offer nothing. */
export const SCRIPTS = { worker: 'libs/sdk/src/browser/worker.ts' };

/** Files of their own, so that an app which imports nothing else gets nothing else: within a file, hardly anything is left out. */
export const PARTS = {
  'chunks/backoff': 'libs/sdk/src/relay/backoff.ts',
  'chunks/codec': 'libs/sdk/src/store/codec.ts',
  'chunks/peer-source': 'libs/sdk/src/peers/peer-source.ts',
  'chunks/store': 'libs/sdk/src/store/store.ts',
};

const isIn = (names) => (path) => names.some((name) => path === name || path.startsWith(`${name}/`));

/** Whether a module is asked of a package of its own. */
export const isDependency = isIn(DEPENDENCIES);

/** Whether a package goes into the code. */
export const isBundled = isIn(BUNDLED);

/** @throws {Error} when what the code imports is not what is declared. */
export function manifest(imported) {
  const ours = JSON.parse(readFileSync('package.json', 'utf8'));
  const idle = DEPENDENCIES.filter((name) => !imported.some(isIn([name])));
  if (idle.length > 0)
    throw new Error(`@sealpost/sdk does not import ${idle.join(', ')}: take it out of its manifest.`);
  const dependencies = Object.fromEntries(DEPENDENCIES.map((name) => [name, ours.dependencies[name]]));
  const entry = (name) => ({ types: `./${name}.d.ts`, default: `./${name}.js` });
  return {
    name: '@sealpost/sdk',
    version: ours.version,
    description: 'End-to-end encrypted conversations through a Sealpost relay, for browsers and Node.',
    license: ours.license,
    type: 'module',
    engines: ours.engines,
    sideEffects: Object.keys(SCRIPTS).map((name) => `./${name}.js`),
    exports: {
      '.': entry('index'),
      './browser': entry('browser'),
      './node': entry('node'),
      './worker': entry('worker'),
      './package.json': './package.json',
    },
    dependencies,
  };
}
