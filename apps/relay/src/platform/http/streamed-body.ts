import type { Duplex } from 'node:stream';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { UnsupportedMediaType } from '../errors/refusal.js';

/** Of a body that is a stretch of an upload (tus 1.0). */
const STREAMED = 'application/offset+octet-stream';

/** Who sends nothing for so long is gone: what came is kept, and the rest may come in another request. */
const LONGEST_SILENCE_MS = 9_000;

interface RouteOfStreams {
  readonly streamsBody?: boolean;
}

class NotStreamed extends Error {
  readonly statusCode = 415;
}

/** Sockets whose request is being received bit by bit, for as long as it takes. */
const streaming = new WeakSet<Duplex>();

export function isStreaming(socket: Duplex): boolean {
  return streaming.has(socket);
}

/** The route reads its body itself, as it comes. */
export const StreamsBody = (): MethodDecorator =>
  RouteConfig({ streamsBody: true } satisfies RouteOfStreams);

/** Leaves such bodies where they are, for the routes that read them: nothing of them is held. */
export function useStreamedBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(STREAMED, (request, _body, done) => {
    const { streamsBody = false } = request.routeOptions.config as RouteOfStreams;
    if (streamsBody) done(null);
    else done(new NotStreamed());
  });
}

/** A body that is read as it comes. */
export interface StreamedBody {
  /** As the client declares it; `undefined` if it leaves that open. */
  readonly declaredBytes: number | undefined;
  /** Fails when the client is gone. Whoever leaves off before the end may still answer. */
  readonly chunks: AsyncIterable<Buffer>;
  /** Ends it at once, and the connection with it. */
  readonly cut: () => void;
}

/** `@CurrentBody() body: StreamedBody`. */
export const CurrentBody = createParamDecorator((_options: unknown, context: ExecutionContext): StreamedBody => {
  const request = context.switchToHttp().getRequest<FastifyRequest>();
  const { headers, raw } = request;
  if (headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== STREAMED) throw new UnsupportedMediaType();
  const length = headers['content-length'];
  return {
    declaredBytes: length === undefined ? undefined : Number(length),
    chunks: chunksOf(request),
    cut: () => void raw.destroy(),
  };
});

async function* chunksOf({ raw }: FastifyRequest): AsyncGenerator<Buffer> {
  const { socket } = raw;
  const answerMs = socket.timeout ?? 0;
  streaming.add(socket);
  socket.setTimeout(LONGEST_SILENCE_MS);
  try {
    // Node would end the connection with the iteration, and with it the answer.
    yield* raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  } finally {
    streaming.delete(socket);
    socket.setTimeout(answerMs);
  }
}
