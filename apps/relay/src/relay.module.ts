import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/index.js';
import { AdminModule } from './admin/index.js';
import { AllowancesModule } from './allowances/index.js';
import { AnnouncementsModule } from './announcements/index.js';
import { AttachmentsModule } from './attachments/index.js';
import { AuditModule } from './audit/index.js';
import { AuthModule } from './auth/index.js';
import { ChangesModule } from './changes/index.js';
import { ConversationsModule } from './conversations/index.js';
import { DeliveryModule } from './delivery/index.js';
import { DevicesModule } from './devices/index.js';
import { GatewayModule } from './gateway/index.js';
import { HealthModule } from './health/index.js';
import { KeysModule } from './keys/index.js';
import { LinkingModule } from './linking/index.js';
import { MessagesModule } from './messages/index.js';
import { MetricsRouteModule } from './metrics/index.js';
import { MfaModule } from './mfa/index.js';
import { MlsModule } from './mls/index.js';
import { PeopleModule } from './people/index.js';
import { NodesModule } from './nodes/index.js';
import { BusModule } from './platform/bus/bus.module.js';
import type { Clock } from './platform/clock/clock.js';
import type { Config } from './platform/config/config.js';
import { ConfigModule } from './platform/config/config.module.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { LimitsModule } from './platform/limits/limits.module.js';
import { LoggingModule } from './platform/logging/logging.module.js';
import type { Log } from './platform/logging/log.js';
import { MetricsModule } from './platform/metrics/metrics.module.js';
import type { Tracing } from './platform/tracing/tracing.js';
import { TracingModule } from './platform/tracing/tracing.module.js';
import { RetentionModule } from './retention/index.js';
import { PushModule } from './push/index.js';
import { ReportsModule } from './reports/index.js';
import { RegistrationModule } from './registration/index.js';
import { SettingsModule } from './settings/index.js';
import { RELAY_SCHEMA } from './schema.js';
import { ServerModule } from './server/index.js';
import { StatisticsModule } from './statistics/index.js';
import { VaultModule } from './vault/index.js';

/** What the relay is given by whoever starts it. */
interface Given {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly tracing: Tracing;
}

/** All that the relay does. */
const FEATURES = [
  DeliveryModule,
  ChangesModule,
  AuditModule,
  SettingsModule,
  AccountsModule,
  VaultModule,
  MfaModule,
  AdminModule,
  RegistrationModule,
  AuthModule,
  DevicesModule,
  KeysModule,
  LinkingModule,
  PeopleModule,
  ConversationsModule,
  MlsModule,
  MessagesModule,
  RetentionModule,
  AttachmentsModule,
  ReportsModule,
  PushModule,
  GatewayModule,
  NodesModule,
  HealthModule,
  MetricsRouteModule,
  ServerModule,
  AnnouncementsModule,
  AllowancesModule,
  StatisticsModule,
];

/** The table of contents of the relay. */
@Module({})
export class RelayModule {
  static with({ config, clock, log, tracing }: Given): DynamicModule {
    const platform = [
      ConfigModule.with(config, clock),
      MetricsModule,
      TracingModule.with(tracing),
      LoggingModule.with(log),
      DatabaseModule.with(RELAY_SCHEMA),
      LimitsModule,
      BusModule,
    ];
    return { module: RelayModule, imports: [...platform, ...FEATURES] };
  }
}
