import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { isWebAppPlace, WEB_FILE_HEADERS, WEB_SERVICE_WORKER, webFileKind } from '#protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';

const SHELL = 'index.html';

/**
 * Where there is no app any more, browsers that have kept it ask for its service worker once more. Once no page of the app is
 * open, this one deletes what was kept of the app, and itself; messages and keys stay stored.
 */
const FAREWELL = `
self.addEventListener('activate', (event) => event.waitUntil(leave()));
async function leave() {
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
}
`;

/** Serves the web app at `/`, if there is one: the relay is complete without it. */
export async function serveWebApp(app: NestFastifyApplication, { WEB_DIR }: Pick<Config, 'WEB_DIR'>): Promise<void> {
  const root = resolve(WEB_DIR);
  if (!existsSync(join(root, SHELL))) {
    sayFarewell(app);
    return;
  }
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    globIgnore: ['**/*.{br,gz}', SHELL],
    // Written beside each file by the build.
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => void reply.headers(WEB_FILE_HEADERS[webFileKind(relative(root, path))]),
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

function sayFarewell(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get(`/${WEB_SERVICE_WORKER}`, (_request: FastifyRequest, reply: FastifyReply) =>
    reply.headers(WEB_FILE_HEADERS.serviceWorker).type('text/javascript; charset=utf-8').send(FAREWELL),
  );
}

function isPage({ url, headers: { accept = '' } }: FastifyRequest): boolean {
  const [path = ''] = url.split('?');
  return accept.includes('text/html') && isWebAppPlace(path);
}
