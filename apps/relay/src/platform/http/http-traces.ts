import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { OpenSpan, Tracing } from '../tracing/tracing.js';

/**
 * Follows every request, by the pattern of its route. What a client says of traces of its own (`traceparent`) is not heeded:
 * strangers would decide what is traced, and could find it again.
 */
export function traceRequests(fastify: FastifyInstance, tracing: Tracing): void {
  const spans = new WeakMap<FastifyRequest, OpenSpan>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { method } = request;
    const { url: route = 'none' } = request.routeOptions;
    spans.set(request, tracing.begin(`${method} ${route}`, { 'http.request.method': method, 'http.route': route }));
    done();
  });
  // Not before: what reads a body goes on as it was when its connection began.
  fastify.addHook('preHandler', (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else span.within(done);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { statusCode } = reply;
    spans.get(request)?.end({ 'http.response.status_code': statusCode }, statusCode >= 500);
    done();
  });
}
