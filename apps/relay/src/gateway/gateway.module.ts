import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { MessagesModule } from '../messages/index.js';
import { ClientAddresses } from './client-addresses.js';
import { ConnectionWatch } from './connection-watch.js';
import { Connections } from './connections.js';
import { Dispatcher } from './dispatcher.js';
import { EventTable } from './event-table.js';
import { RelayGateway } from './relay.gateway.js';

@Module({
  imports: [AuthModule, MessagesModule],
  providers: [ClientAddresses, ConnectionWatch, Connections, Dispatcher, EventTable, RelayGateway],
})
export class GatewayModule {}
