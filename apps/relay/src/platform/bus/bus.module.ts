import { Global, Module } from '@nestjs/common';
import { NodeBus } from './node-bus.js';

@Global()
@Module({ providers: [NodeBus], exports: [NodeBus] })
export class BusModule {}
