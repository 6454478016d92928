import { Module } from '@nestjs/common';
import { PushModule } from '../push/index.js';
import { ServerController } from './server.controller.js';

@Module({ imports: [PushModule], controllers: [ServerController] })
export class ServerModule {}
