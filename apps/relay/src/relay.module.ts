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
import { RetentionModule } from './retention/index.js';
import { PushModule } from './push/index.js';
import { ReportsModule } from './reports/index.js';
import { RegistrationModule } from './registration/index.js';
import { SettingsModule } from './settings/index.js';
import { RELAY_SCHEMA } from './schema.js';
import { ServerModule } from './server/index.js';
import { StatisticsModule } from './statistics/index.js';
import { VaultModule } from './vault/index.js';

/** The table of contents of the relay. */
@Module({})
export class RelayModule {
  static with(config: Config, clock: Clock, log: Log): DynamicModule {
    const platform = [
      ConfigModule.with(config, clock),
      LoggingModule.with(log),
      DatabaseModule.with(RELAY_SCHEMA),
      LimitsModule,
      BusModule,
    ];
    const features = [
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
      ServerModule,
      AnnouncementsModule,
      AllowancesModule,
      StatisticsModule,
    ];
    return { module: RelayModule, imports: [...platform, ...features] };
  }
}
