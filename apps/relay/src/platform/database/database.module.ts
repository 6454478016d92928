import { type DynamicModule, Global, Module } from '@nestjs/common';
import { Database } from './database.js';
import { DatabaseStatus } from './database-status.js';
import { SCHEMA, type Schema } from './schema.js';

@Global()
@Module({})
export class DatabaseModule {
  static with(schema: Schema): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [{ provide: SCHEMA, useValue: schema }, Database, DatabaseStatus],
      exports: [Database, DatabaseStatus],
    };
  }
}
