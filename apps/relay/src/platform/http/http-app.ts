import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import cookie from '@fastify/cookie';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { isSpokenProtocol, LIMITS, PROTOCOL_HEADER } from '#protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { problemOf, problemOfRefusal } from '../errors/problem.js';
import { UnsupportedProtocol } from '../errors/refusal.js';
import { FrameworkLog } from '../logging/framework-log.js';
import type { Log } from '../logging/log.js';
import { Metrics } from '../metrics/metrics.js';
import { Tracing } from '../tracing/tracing.js';
import { Cors } from './cors.js';
import { measureRequests } from './http-metrics.js';
import { traceRequests } from './http-traces.js';
import { useJsonBodies } from './json-bodies.js';
import { type AddHeaders, ProblemFilter, problemOfFramework, sendProblem } from './problem.filter.js';
import { replyHeaders } from './security-headers.js';
import { ShapePipe } from './shape.pipe.js';
import { useStreamedBodies } from './streamed-body.js';
import { ignoreExpectations, refuseUnreadable } from './unreadable-requests.js';

const DRAIN_EVERY_MS = 50;
/**
 * Between two requests of a busy client: so long the relay still answers when it stops, and lets go of each connection with
 * its answer. A request that crosses the end of its connection on the way would be lost.
 */
const LAST_REQUESTS_MS = 100;
/** With what it takes to notice, a client that says nothing before its request is whole is gone after ten seconds. */
const LONGEST_SILENCE_MS = 9_000;
const ANSWER_MS = 60_000;

/** What holds for every reply. */
interface EveryReply {
  readonly log: Log;
  readonly cors: Cors;
  readonly headers: Readonly<Record<string, string>>;
  readonly addHeaders: AddHeaders;
}

/** Builds the HTTP server around the modules, with everything that holds for every route. */
export async function createHttpApp(module: DynamicModule, config: Config, log: Log): Promise<NestFastifyApplication> {
  const headers = replyHeaders(config);
  const everyReply: EveryReply = {
    log,
    cors: new Cors(config),
    headers,
    addHeaders: (request, reply) => {
      reply.headers(headers).header('x-request-id', request.id);
    },
  };
  const adapter = createAdapter(config, everyReply);
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: new FrameworkLog(log),
    abortOnError: false,
    // Nest's parsers take forms, too, which no route does.
    bodyParser: false,
  });
  await app.register(cookie);
  app.useGlobalFilters(new ProblemFilter(log, everyReply.addHeaders));
  app.useGlobalPipes(new ShapePipe());
  app.setGlobalPrefix('v1', { exclude: ['health/live', 'health/ready', 'metrics', 'openapi.json', 'docs'] });
  app.enableCors(everyReply.cors.options);
  observe(app);
  useHooks(adapter.getInstance(), everyReply);
  ignoreExpectations(adapter.getInstance().server);
  letGo(adapter.getInstance());
  return app;
}

function createAdapter(config: Config, everyReply: EveryReply): FastifyAdapter {
  return new FastifyAdapter({
    trustProxy: config.TRUST_PROXY === false ? false : [...config.TRUST_PROXY],
    bodyLimit: LIMITS.bodyBytes,
    requestTimeout: 30_000,
    connectionTimeout: LONGEST_SILENCE_MS,
    // Against headers that trickle in. Node looks every half minute otherwise.
    http: { headersTimeout: LONGEST_SILENCE_MS - 1_000, connectionsCheckingInterval: 500 },
    keepAliveTimeout: 72_000,
    // A client must not choose the id its request is logged under.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    // What comes over an open connection while the relay stops is still answered, as its last request: see `letGo`.
    return503OnClosing: false,
    routerOptions: { maxParamLength: 128 },
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
      // Refused before any hook runs.
      everyReply.addHeaders(request, reply);
      void reply.headers(everyReply.cors.headersFor(request.headers.origin));
      sendProblem(reply, request, problemOfFramework(error) ?? problemOf('internal'));
    },
    clientErrorHandler: refuseUnreadable(everyReply.headers, everyReply.log),
  });
}

/** Before all other hooks, so that what these refuse is seen, too. */
function observe(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  measureRequests(fastify, app.get(Metrics));
  const tracing = app.get<Tracing>(Tracing);
  if (tracing.isOn) traceRequests(fastify, tracing);
}

/** A preflight of a browser has its answer in the headers of CORS by now. Any other OPTIONS asks for nothing there is. */
function answerOptions(request: FastifyRequest, reply: FastifyReply): void {
  const { origin, 'access-control-request-method': wanted } = request.headers;
  if (origin === undefined || wanted === undefined) sendProblem(reply, request, problemOf('not_found'));
  else void reply.status(204).send();
}

/** Before anything of the request is read: it may mean something else in another version. */
function refuseVersion(request: FastifyRequest, reply: FastifyReply, log: Log): void {
  const problem = problemOfRefusal(new UnsupportedProtocol()) ?? problemOf('unsupported_protocol');
  log.refused(problem.code);
  sendProblem(reply, request, problem);
}

function useHooks(fastify: FastifyInstance, everyReply: EveryReply): void {
  // Fastify brings a parser for text, which no route takes.
  fastify.removeContentTypeParser('text/plain');
  useJsonBodies(fastify);
  useStreamedBodies(fastify);
  // Nest hands a route's own settings through as `config` only.
  fastify.addHook('onRoute', (route) => {
    const { bodyLimit } = (route.config ?? {}) as { readonly bodyLimit?: number };
    if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
  });
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    everyReply.addHeaders(request, reply);
    const version = request.headers[PROTOCOL_HEADER];
    if (request.method === 'OPTIONS') answerOptions(request, reply);
    else if (version !== undefined && !isSpokenProtocol(version)) refuseVersion(request, reply, everyReply.log);
    else done();
  });
  // The body has come: from here on the client waits for us.
  fastify.addHook('preHandler', (request: FastifyRequest, _reply: FastifyReply, done) => {
    request.raw.socket.setTimeout(ANSWER_MS);
    done();
  });
  fastify.addHook('onResponse', (request: FastifyRequest, reply: FastifyReply, done) => {
    everyReply.log.request({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
    });
    done();
  });
}

/**
 * Lets go of every connection with its next reply once the relay stops: a client that keeps asking would hold it up for
 * ever. And of one that is refused before all of its request has come: the rest would be read, and thrown away.
 */
function letGo(fastify: FastifyInstance): void {
  let isClosing = false;
  let closing: NodeJS.Timeout | undefined;
  fastify.addHook('preClose', async () => {
    isClosing = true;
    await delay(LAST_REQUESTS_MS);
    // A connection that was busy when the server closed the idle ones may become idle without another reply.
    closing = setInterval(() => fastify.server.closeIdleConnections(), DRAIN_EVERY_MS).unref();
  });
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    if (isClosing || isStillComing(request.raw)) void reply.header('connection', 'close');
    done();
  });
  fastify.addHook('onClose', (_instance, done) => {
    clearInterval(closing);
    done();
  });
}

/** Whether there is a body, not all of which has arrived. */
function isStillComing({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);
}
