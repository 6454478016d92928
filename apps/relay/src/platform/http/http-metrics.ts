import type { FastifyInstance } from 'fastify';
import { type Metrics, WAITS_SECONDS } from '../metrics/metrics.js';

/** Measures every answered request, by the pattern of its route: never by the URL that was asked for. */
export function measureRequests(fastify: FastifyInstance, metrics: Metrics): void {
  const durations = metrics.histograms({
    name: 'sealpost_http_request_duration_seconds',
    help: 'From when the head of a request had come until it was answered, by the pattern of its route.',
    labels: ['method', 'route', 'status'],
    bounds: WAITS_SECONDS,
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const { url: route = 'none' } = request.routeOptions;
    durations.of(request.method, route, String(reply.statusCode)).observe(reply.elapsedTime / 1_000);
    done();
  });
}
