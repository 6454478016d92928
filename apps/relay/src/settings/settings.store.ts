import { Inject, Injectable } from '@nestjs/common';
import type { RegistrationMode } from '#protocol';
import type { EntityManager } from 'typeorm';
import { AuditLog, byOwner } from '../audit/index.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import type { Caller } from '../platform/http/caller.js';
import { type ServerSettings, settingsInForce, storedDays, type StoredSettings } from './server-settings.js';

const COLUMNS = 'registration, retention_max_days';

/** What administrators have set, in the one row of it. */
@Injectable()
export class SettingsStore {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async read(): Promise<ServerSettings> {
    const [row] = await this.database.query<StoredSettings>(`SELECT ${COLUMNS} FROM server_settings`);
    return settingsInForce(row, this.config);
  }

  /** Reads them, and has them stay as they are until the transaction ends. */
  async hold(manager: EntityManager): Promise<ServerSettings> {
    const [row] = await manager.query<StoredSettings[]>(`SELECT ${COLUMNS} FROM server_settings FOR SHARE`);
    return settingsInForce(row, this.config);
  }

  /** Says who may register, for good: the environment has no say in it any more. */
  async setRegistration(admin: Caller, registration: RegistrationMode, at: Date): Promise<void> {
    await this.database.transaction(async (manager) => {
      await manager.query('UPDATE server_settings SET registration = $1', [registration]);
      await this.audit.append(manager, byOwner(admin, 'admin_set_registration', at));
    });
  }

  /** Says how long anything is kept at most, for good, too. @param days null for no bound. */
  async setRetention(admin: Caller, days: number | null, at: Date): Promise<void> {
    await this.database.transaction(async (manager) => {
      await manager.query('UPDATE server_settings SET retention_max_days = $1', [storedDays(days)]);
      await this.audit.append(manager, byOwner(admin, 'admin_set_retention', at));
    });
  }
}
