import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { ErrorCode } from '#protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, problemOf, problemOfRefusal } from '../errors/problem.js';
import { Log } from '../logging/log.js';

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_request',
  401: 'invalid_token',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  413: 'payload_too_large',
  414: 'invalid_request',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  431: 'invalid_request',
  503: 'unavailable',
};

/** When to ask again whether the relay is ready. */
const RETRY_SECONDS = 1;

export type AddHeaders = (request: FastifyRequest, reply: FastifyReply) => void;

/** Answers whatever was thrown with a problem document; what nobody foresaw leaves as `internal` and is logged. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly addHeaders: AddHeaders,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    const request = http.getRequest<FastifyRequest>();
    // Nest refuses some targets, such as `*`, before any hook of ours.
    this.addHeaders(request, reply);
    sendProblem(reply, request, this.problem(thrown, request));
  }

  private problem(thrown: unknown, request: FastifyRequest): Problem {
    try {
      const problem = problemOfRefusal(thrown) ?? problemOfFramework(thrown) ?? this.fault(thrown, request);
      this.log.refused(problem.code);
      return problem;
    } catch {
      // Nothing can be said any more, not even in the log. Fastify, whose turn would be next, tells an error's message.
      return problemOf('internal');
    }
  }

  private fault(thrown: unknown, request: FastifyRequest): Problem {
    this.log.error(
      'request failed',
      { requestId: request.id, method: request.method, route: request.routeOptions.url ?? '' },
      thrown,
    );
    return problemOf('internal');
  }
}

export function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: Problem): void {
  if (problem.retryAfterSeconds !== undefined) void reply.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.status === 401) void reply.header('www-authenticate', 'Bearer');
  void reply
    .status(problem.status)
    .type('application/problem+json')
    .send({ ...problem, requestId: request.id });
}

/** Nest's and Fastify's own refusals (no such route, body too large, not JSON) carry a status below 500. */
export function problemOfFramework(thrown: unknown): Problem | undefined {
  const status = statusOf(thrown);
  const code = status === undefined ? undefined : CODE_OF_STATUS[status];
  if (code === undefined) return undefined;
  return code === 'unavailable' ? { ...problemOf(code), retryAfterSeconds: RETRY_SECONDS } : problemOf(code);
}

function statusOf(thrown: unknown): number | undefined {
  if (thrown instanceof HttpException) return thrown.getStatus();
  if (thrown instanceof Error && 'statusCode' in thrown && typeof thrown.statusCode === 'number')
    return thrown.statusCode;
  return undefined;
}
