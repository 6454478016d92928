import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { DURATIONS, LIMITS } from '#protocol';
import type { Server, ServerOptions } from 'socket.io';
import type { Config } from '../platform/config/config.js';
import { allowedOrigins } from '../platform/http/origins.js';
import { ignoreUpgrades } from '../platform/http/unreadable-requests.js';

const PATH = '/socket.io/';

/** A connection of Engine.IO, below the sockets of Socket.IO. */
interface EngineSocket {
  readonly request: IncomingMessage;
  once(event: 'close', listener: (reason: string) => void): unknown;
}

/** How long the other side may take to say goodbye before it is cut; one that is silent would have half a minute. */
const GOODBYE_MS = 250;

/** Socket.IO with everything off that the relay does not need, and every size bounded. */
export class RelayIoAdapter extends IoAdapter {
  private readonly origins: ReadonlySet<string>;
  private readonly isTlsOnly: boolean;

  constructor(app: NestFastifyApplication, config: Config) {
    super(app);
    this.origins = allowedOrigins(config);
    this.isTlsOnly = config.PUBLIC_URL?.startsWith('https:') ?? false;
    const server: HttpServer = app.getHttpServer();
    ignoreUpgrades(server, { except: PATH });
  }

  override createIOServer(port: number, options?: ServerOptions): Server {
    const bounds: Partial<ServerOptions> = {
      path: PATH,
      destroyUpgrade: false,
      transports: ['websocket'],
      allowUpgrades: false,
      perMessageDeflate: false,
      httpCompression: false,
      serveClient: false,
      allowEIO3: false,
      maxHttpBufferSize: LIMITS.frameBytes,
      connectTimeout: DURATIONS.handshakeSeconds * 1000,
      // Below the minute after which proxies give up a silent connection; of ten thousand idle sockets it is most of the work.
      pingInterval: 45_000,
      pingTimeout: 20_000,
      allowRequest: (request: IncomingMessage, decide) => {
        decide(null, this.isFromAllowedOrigin(request) && !(this.isTlsOnly && cameInClear(request)));
      },
    };
    const server = super.createIOServer(port, { ...options, ...bounds } as ServerOptions);
    server.engine.on('connection', cutAfterGoodbye);
    return server;
  }

  /** A page of another site must not open a socket with what the browser sends along on its own. */
  private isFromAllowedOrigin({ headers: { origin } }: IncomingMessage): boolean {
    return origin === undefined || this.origins.has(origin);
  }

  /**
   * Ends the sockets only. Socket.IO would end the HTTP server, too, and wait until the last client hangs up, which one
   * that goes on asking never does; Fastify, whose turn is next, turns such clients away.
   */
  override close({ engine }: Server): Promise<void> {
    engine.close();
    return Promise.resolve();
  }
}

/** By the word of the proxy that ends TLS. Who makes it up keeps nobody out but themselves. */
function cameInClear({ headers }: IncomingMessage): boolean {
  const protocol = headers['x-forwarded-proto'];
  return protocol !== undefined && !/^(https|wss)$/i.test(String(protocol).trim());
}

function cutAfterGoodbye(transport: EngineSocket): void {
  const { socket } = transport.request;
  transport.once('close', (reason: string) => {
    // Whoever breaks the rules of frames would go on being read until they say goodbye.
    if (reason === 'transport error') socket.destroySoon();
    else setTimeout(() => socket.destroy(), GOODBYE_MS).unref();
  });
}
