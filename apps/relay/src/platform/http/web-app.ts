import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';

const SHELL = 'index.html';

/** What the relay answers itself, at paths that a page of the app never has. */
const OWN_PLACES = /^\/(v1|docs|health|socket\.io|metrics)(\/|$)/;
/** A path that names a file: where there is none, the answer is 404 and no page. */
const NAMES_A_FILE = /\.[^/]*$/;

/**
 * The app's pages. They compile nothing, connect to nobody, and no text becomes script or markup; the one policy for Trusted
 * Types makes the address of the worker.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob:",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types worker-script',
].join('; ');

/** A worker has the policy that its script came with. It alone knows the relay, and derives keys, by WebAssembly. */
const WORKER_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** The shell is asked for anew each time: it names the files of its version. */
const SHELL_HEADERS = { 'content-security-policy': PAGE_POLICY, 'cache-control': 'no-cache' };
/** Their names change with their content. */
const ASSET_HEADERS = { 'cache-control': 'public, max-age=31536000, immutable' };
const WORKER_HEADERS = { ...ASSET_HEADERS, 'content-security-policy': WORKER_POLICY };

/** Serves the web app at `/`, if there is one: the relay is complete without it. */
export async function serveWebApp(app: NestFastifyApplication, { WEB_DIR }: Pick<Config, 'WEB_DIR'>): Promise<void> {
  const root = resolve(WEB_DIR);
  if (!existsSync(join(root, SHELL))) return;
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    globIgnore: ['**/*.{br,gz}', SHELL],
    // Written beside each file by the build.
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const [folder] = relative(root, path).split(sep);
      void reply.headers(headersIn(folder));
    },
  });
  const showShell = (_request: FastifyRequest, reply: FastifyReply): FastifyReply => reply.sendFile(SHELL);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/', showShell);
  // Routes of the relay and files of the app go before a wildcard.
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    if (isPage(request)) return showShell(request, reply);
    reply.callNotFound();
    return reply;
  });
}

function headersIn(folder: string | undefined) {
  if (folder === 'workers') return WORKER_HEADERS;
  return folder === 'assets' ? ASSET_HEADERS : SHELL_HEADERS;
}

/** A place inside the app that somebody comes back to: its script shows what belongs there. */
function isPage({ url, headers: { accept = '' } }: FastifyRequest): boolean {
  const [path = ''] = url.split('?');
  return accept.includes('text/html') && !OWN_PLACES.test(path) && !NAMES_A_FILE.test(path);
}
