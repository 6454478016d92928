import { type INestApplication, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { PROTOCOL_VERSION } from '#protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SCRAPE_TOKEN } from './caller.js';
import type { Shape } from './fields.js';
import { addAnswers } from './openapi-answers.js';
import { addExamples } from './openapi-examples.js';
import { settleSchemas } from './openapi-schemas.js';
import { once } from './once.js';
import { ProblemDto } from './problem.dto.js';
import { serveDocument } from './serve-document.js';

const DESCRIPTION = `A zero-knowledge message relay: it stores and routes ciphertext, and cannot open it.

Sign in under \`auth\`, find or create a conversation, send with an id of your own (UUIDv7; a repeat returns the first
result), and catch up with \`sync\`. Live pushes come over Socket.IO at the same address: see \`/asyncapi.json\`, or
\`/docs/events\` for reading. Every refusal is a problem document (RFC 9457) whose \`code\` never changes its meaning.`;

/** Swagger UI needs its own scripts and styles, which the API's policy forbids. */
const DOCS_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'";

/** The OpenAPI 3.1 document of all routes. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Sealpost relay')
    .setDescription(DESCRIPTION)
    .setVersion(PROTOCOL_VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The relay that serves this document.')
    .addBearerAuth({
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: 'Access token from register, login or refresh.',
    })
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', description: 'The `METRICS_TOKEN` of the operator.' },
      SCRAPE_TOKEN,
    )
    .build();
  const document = settled(SwaggerModule.createDocument(app, options, { extraModels: [ProblemDto] }));
  addAnswers(document);
  addExamples(document);
  return document;
}

export type OpenApiSchema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];

/** No module of the relay: a document of it alone has no routes. */
@Module({})
class NoModule {}

/** The schemas of shapes, and of those within them, as the document of the routes would have them. */
export function schemasOf(app: INestApplication, shapes: readonly Shape[]): Readonly<Record<string, OpenApiSchema>> {
  const options = new DocumentBuilder().setOpenAPIVersion('3.1.0').build();
  const made = SwaggerModule.createDocument(app, options, { include: [NoModule], extraModels: [...shapes] });
  return settled(made).components?.schemas ?? {};
}

/** A copy: parts of what Swagger makes are the very schemas by which requests are checked. */
function settled(made: OpenAPIObject): OpenAPIObject {
  const document = JSON.parse(JSON.stringify(made)) as OpenAPIObject;
  settleSchemas(document);
  return document;
}

/** Serves the document at `/openapi.json`, and pages for reading it at `/docs`. Nobody waits for it but who asks first. */
export function serveOpenApi(app: NestFastifyApplication, withPages: boolean): void {
  const document = once(() => openApiDocument(app));
  serveDocument(app, '/openapi.json', document);
  if (!withPages) return;
  app
    .getHttpAdapter()
    .getInstance()
    .addHook(
      'onSend',
      (
        request: FastifyRequest,
        reply: FastifyReply,
        payload: unknown,
        done: (error: null, payload: unknown) => void,
      ) => {
        if (/^\/docs(\/|$)/.test(request.url)) void reply.header('content-security-policy', DOCS_POLICY);
        done(null, payload);
      },
    );
  SwaggerModule.setup('docs', app, document, { raw: false, customSiteTitle: 'Sealpost relay API' });
}
