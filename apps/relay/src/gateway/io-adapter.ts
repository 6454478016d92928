import type { IncomingMessage, Server as HttpServer } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { IoAdapter } from '@nestjs/platform-socket.io';
import { DURATIONS, LIMITS } from '#protocol';
import type { Server, ServerOptions } from 'socket.io';
import type { Config } from '../platform/config/config.js';
import { allowedOrigins } from '../platform/http/origins.js';
import { ignoreUpgrades } from '../platform/http/unreadable-requests.js';

const PATH = '/socket.io/';

/** Socket.IO with everything off that the relay does not need, and every size bounded. */
export class RelayIoAdapter extends IoAdapter {
  private readonly origins: ReadonlySet<string>;

  constructor(app: NestFastifyApplication, config: Config) {
    super(app);
    this.origins = allowedOrigins(config);
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
      pingInterval: 25_000,
      pingTimeout: 20_000,
      // A page of another site must not open a socket with what the browser sends along on its own.
      allowRequest: (request: IncomingMessage, decide) => {
        const { origin } = request.headers;
        decide(null, origin === undefined || this.origins.has(origin));
      },
    };
    return super.createIOServer(port, { ...options, ...bounds } as ServerOptions);
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
