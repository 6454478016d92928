import { defaultClientConditions, defineConfig } from 'vite';
import { assertPatched } from '../../scripts/mls-patch.mjs';

/**
 * Do not say it of themselves. Without it the page would have what only its worker uses, and the worker the providers of MLS that
 * nobody uses.
 */
const WITHOUT_SIDE_EFFECTS = /node_modules\/(ts-mls|mlkem)\/|libs\/(crypto|protocol|sdk)\/src\/(?!browser\/worker\.ts)/;
const WEB_CRYPTO = '\0web-crypto';
const RELAY = 'http://localhost:3000';

/** Parts of HPKE look for Node's module where there is no WebCrypto, which is nowhere that this runs. */
const webCryptoOnly = {
  name: 'web-crypto-only',
  enforce: 'pre',
  resolveId: (id) => (id === 'crypto' ? WEB_CRYPTO : undefined),
  load: (id) => (id === WEB_CRYPTO ? 'export const webcrypto = globalThis.crypto;' : undefined),
};

const treeshake = { moduleSideEffects: (id) => !WITHOUT_SIDE_EFFECTS.test(id) };
// Packages mark what is for clients. Here everything is.
const checks = { moduleLevelDirective: false };

export default defineConfig(() => {
  assertPatched('node_modules/ts-mls');
  return {
    root: 'apps/web',
    plugins: [webCryptoOnly],
    resolve: { conditions: ['source', ...defaultClientConditions] },
    build: {
      outDir: '../../dist/web',
      emptyOutDir: true,
      target: 'es2023',
      manifest: true,
      reportCompressedSize: false,
      // scripts/web/build.mjs weighs what is loaded.
      chunkSizeWarningLimit: 4096,
      // A page of its own policy takes no styles or scripts that are written into it.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { treeshake, checks },
    },
    worker: {
      format: 'es',
      plugins: () => [webCryptoOnly],
      rolldownOptions: {
        treeshake,
        checks,
        // Where the relay knows them from the page's scripts: they come with a policy of their own.
        output: { entryFileNames: 'workers/[name]-[hash].js', chunkFileNames: 'workers/[name]-[hash].js' },
      },
    },
    // For work on the app alone, beside `npm run dev`.
    server: { port: 5173, proxy: { '/v1': RELAY, '/socket.io': { target: RELAY, ws: true } } },
  };
});
