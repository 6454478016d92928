import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Database } from '../platform/database/database.js';
import { type ServerSettings, settingsInForce, type StoredSettings } from './server-settings.js';

const COLUMNS = 'registration';

/** What administrators have set, in the one row of it. */
@Injectable()
export class SettingsStore {
  constructor(
    private readonly database: Database,
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

  /** Changes some of them, within a transaction. */
  async change(manager: EntityManager, { registration }: Partial<ServerSettings>): Promise<void> {
    await manager.query('UPDATE server_settings SET registration = coalesce($1, registration)', [registration ?? null]);
  }
}
