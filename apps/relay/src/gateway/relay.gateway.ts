import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import {
  type AccountId,
  type DeviceId,
  isSpokenProtocol,
  PROTOCOL_VERSION,
  type ServerEvent,
  type SessionId,
} from '#protocol';
import { AccessTokens } from '../auth/index.js';
import { type Addressees, Delivery, type EndReason, type Room, type Transport } from '../delivery/index.js';
import { IncarnationService } from '../messages/index.js';
import { problemOf, problemOfRefusal } from '../platform/errors/problem.js';
import { UnsupportedProtocol } from '../platform/errors/refusal.js';
import { contained } from '../platform/logging/contained.js';
import { Log } from '../platform/logging/log.js';
import { ClientAddresses } from './client-addresses.js';
import { Connection } from './connection.js';
import { ConnectionWatch } from './connection-watch.js';
import { Connections } from './connections.js';
import { Dispatcher } from './dispatcher.js';
import { gatherWrites } from './gathered-writes.js';
import type { Pushes } from './push-table.js';
import type { RelayServer as Server, RelaySocket as Socket } from './relay-socket.js';
import { whenFallenSilent } from './silent-end.js';

/** Sockets: who may connect, what they hear, and when they are closed. */
@WebSocketGateway()
export class RelayGateway implements OnGatewayInit<Server>, OnGatewayConnection<Socket>, Transport {
  private server: Server;

  constructor(
    private readonly tokens: AccessTokens,
    private readonly connections: Connections,
    private readonly watch: ConnectionWatch,
    private readonly addresses: ClientAddresses,
    private readonly dispatcher: Dispatcher,
    private readonly incarnations: IncarnationService,
    private readonly delivery: Delivery,
    private readonly log: Log,
  ) {}

  afterInit(server: Server): void {
    this.server = server;
    server.use((socket, next) => {
      this.admit(socket).then(() => {
        next();
      }, next);
    });
    server.sockets.adapter.on('create-room', (room: string) => {
      if (isRoom(room)) this.delivery.opened(room);
    });
    server.sockets.adapter.on('delete-room', (room: string) => {
      if (isRoom(room)) this.delivery.emptied(room);
    });
    this.delivery.attach(this);
  }

  /** Nest calls this from a stream of connections: what escaped from here would end the process. */
  handleConnection(socket: Socket): void {
    try {
      this.welcome(socket);
    } catch (error) {
      this.log.error('connecting a socket failed', {}, error);
      socket.disconnect(true);
    }
  }

  reaches(accounts: readonly AccountId[]): boolean {
    const { rooms } = this.server.sockets.adapter;
    return accounts.some((account) => rooms.has(accountRoom(account)));
  }

  isConnected(device: DeviceId): boolean {
    return this.server.sockets.adapter.rooms.has(deviceRoom(device));
  }

  push(event: ServerEvent, payload: Pushes[ServerEvent], to: Addressees): void {
    if ('devices' in to) {
      this.server.to(to.devices.map(deviceRoom)).emit(event, payload);
      return;
    }
    const rooms = this.server.to(to.accounts.map(accountRoom));
    (to.except === undefined ? rooms : rooms.except(deviceRoom(to.except))).emit(event, payload);
  }

  connectedAccounts(): AccountId[] {
    return this.connections.accounts();
  }

  broadcast(event: ServerEvent, payload: Pushes[ServerEvent]): void {
    this.server.emit(event, payload);
  }

  endSessions(sessions: readonly SessionId[], reason: EndReason): void {
    for (const session of sessions)
      for (const connection of this.connections.ofSession(session)) {
        connection.socket.emit('session:revoked', { reason });
        connection.close();
      }
  }

  /** The rooms are the server's alone to assign: there is no event by which a client could join one. */
  private welcome(socket: Socket): void {
    const connection = connectionOf(socket);
    void socket.join([accountRoom(connection.caller.accountId), deviceRoom(connection.caller.deviceId)]);
    socket.on('disconnect', () => {
      // Whoever leaves, but holds the transport open, is cut.
      connection.isClosing = true;
    });
    const dispatch = contained(this.log, 'answering an event failed', (event: string, ...args: unknown[]) =>
      this.dispatcher.dispatch(connection, event, args),
    );
    socket.onAny(dispatch);
    const expiresAt = new Date(connection.tokenEndsAtMs).toISOString();
    const ready = { protocol: PROTOCOL_VERSION, incarnation: connection.incarnation, expiresAt };
    // A client syncs when it is ready: from then on it must hear what any relay pushes.
    const listening = this.delivery.listening();
    if (listening === undefined) socket.emit('ready', ready);
    else void listening.then(() => socket.emit('ready', ready));
  }

  private async admit(socket: Socket): Promise<void> {
    try {
      const { token, protocol } = socket.handshake.auth;
      if (protocol !== undefined && !isSpokenProtocol(protocol)) throw new UnsupportedProtocol();
      const given = typeof token === 'string' ? token : '';
      const address = this.addresses.of(socket.request);
      const incarnation = await this.incarnations.current();
      const { caller, expiresAt } = await this.tokens.verify(given);
      this.register(new Connection({ socket, caller, address, incarnation }, expiresAt.getTime()));
      // Its session may have ended since it was looked up, when this socket was not yet among those to be closed.
      await this.tokens.verify(given);
    } catch (error) {
      throw this.refusal(error);
    }
  }

  /** From here on it counts, and hears when its session ends, though it is not connected before the next turn. */
  private register(connection: Connection): void {
    const { socket } = connection;
    // A transport that closed during the handshake would never say so again; Socket.IO connects no such socket.
    if (socket.conn.readyState !== 'open') return;
    this.connections.add(connection);
    gatherWrites(socket, () => {
      this.watch.beforeWrite(connection);
    });
    // All frames are text, and nearly all of it ASCII.
    socket.conn.on('packetCreate', ({ data }: { data?: string }) => {
      connection.expectFrame(data?.length ?? 0);
    });
    const closed = contained(this.log, 'letting go of a socket failed', () => {
      // Until the last of what it was sent has left: whoever does not read even that is cut.
      connection.isClosing = true;
      if (connection.isDone) this.connections.remove(connection);
    });
    const hungUp = contained(this.log, 'letting go of a socket failed', () => this.connections.remove(connection));
    socket.conn.once('close', closed);
    whenFallenSilent(
      socket,
      contained(this.log, 'waking a lost device failed', () => this.delivery.lost(connection.caller.deviceId)),
    );
    socket.request.socket.once('close', hungUp);
    setConnection(socket, connection);
  }

  /** Socket.IO sends an error's `message` and `data` to the client, and nothing else of it. */
  private refusal(error: unknown): Error {
    let problem = problemOfRefusal(error);
    if (problem === undefined) {
      this.log.error('handshake failed', {}, error);
      problem = problemOf('internal');
    }
    this.log.refused(problem.code);
    return Object.assign(new Error(problem.code), { data: problem });
  }
}

interface ConnectionData {
  connection?: Connection;
}

function setConnection(socket: Socket, connection: Connection): void {
  (socket.data as ConnectionData).connection = connection;
}

function connectionOf(socket: Socket): Connection {
  const { connection } = socket.data as ConnectionData;
  if (connection === undefined) throw new Error('a socket was connected without being admitted');
  return connection;
}

function accountRoom(id: AccountId): Room {
  return `account:${id}`;
}

function deviceRoom(id: DeviceId): Room {
  return `device:${id}`;
}

/** Socket.IO gives each socket a room of its own besides. */
function isRoom(room: string): room is Room {
  return room.startsWith('account:') || room.startsWith('device:');
}
