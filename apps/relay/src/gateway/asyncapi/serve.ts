import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { once } from '../../platform/http/once.js';
import { serveDocument } from '../../platform/http/serve-document.js';
import { asyncApiDocument } from './generate.js';
import { eventsPage } from './page/events-page.js';
import { STYLE } from './page/style.js';

/** The page runs nothing, fetches nothing, and has one style. */
const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Serves the document at `/asyncapi.json`, and a page for reading it at `/docs/events`. Made when first asked for. */
export function serveAsyncApi(app: NestFastifyApplication, withPage: boolean): void {
  const document = once(() => asyncApiDocument(app));
  serveDocument(app, '/asyncapi.json', document);
  if (!withPage) return;
  const fastify = app.getHttpAdapter().getInstance();
  const page = once(() => eventsPage(document()));
  const options = {
    // Later than the policy that all pages below /docs are given.
    onSend: (_request: FastifyRequest, reply: FastifyReply, payload: unknown, done: Done) => {
      void reply.header('content-security-policy', PAGE_POLICY);
      done(null, payload);
    },
  };
  fastify.get('/docs/events', options, (_request: FastifyRequest, reply: FastifyReply) =>
    reply.type('text/html; charset=utf-8').send(page()),
  );
}

type Done = (error: null, payload: unknown) => void;
