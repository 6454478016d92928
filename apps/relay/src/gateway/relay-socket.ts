import type { ServerEvent } from '#protocol';
import type { DefaultEventsMap, Server, Socket } from 'socket.io';
import type { Pushes } from './push-table.js';

type Emits = { [Event in ServerEvent]: (payload: Pushes[Event]) => void };

/** Socket.IO's server and socket, which emit what stands in the table of pushes and nothing else. */
export type RelayServer = Server<DefaultEventsMap, Emits>;
export type RelaySocket = Socket<DefaultEventsMap, Emits>;
