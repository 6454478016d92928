import { Global, Module } from '@nestjs/common';
import { Delivery } from './delivery.js';

@Global()
@Module({ providers: [Delivery], exports: [Delivery] })
export class DeliveryModule {}
