import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { once } from './once.js';

/** Serves a document as JSON at a path of its own, written out when it is first asked for. */
export function serveDocument(app: NestFastifyApplication, path: string, document: () => object): void {
  const text = once(() => JSON.stringify(document()));
  app
    .getHttpAdapter()
    .getInstance()
    .get(path, (_request: FastifyRequest, reply: FastifyReply) =>
      reply.type('application/json; charset=utf-8').send(text()),
    );
}
