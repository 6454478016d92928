import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asyncApiDocument } from './generate.js';

/** Serves the document at `/asyncapi.json`. */
export function serveAsyncApi(app: NestFastifyApplication): void {
  const document = asyncApiDocument(app);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.get('/asyncapi.json', (_request: FastifyRequest, reply: FastifyReply) => reply.send(document));
}
