import { Injectable } from '@nestjs/common';
import type { RegistrationMode } from '#protocol';
import { Clock } from '../platform/clock/clock.js';
import type { Caller } from '../platform/http/caller.js';
import { Limiter } from '../platform/limits/limiter.js';
import { RunningSettings } from './running-settings.service.js';
import type { ServerSettings } from './server-settings.js';
import { SettingsStore } from './settings.store.js';

/** What administrators change while the relay runs. */
@Injectable()
export class SettingsService {
  constructor(
    private readonly store: SettingsStore,
    private readonly running: RunningSettings,
    private readonly limiter: Limiter,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<ServerSettings> {
    return this.store.read();
  }

  /** @throws {RateLimited} */
  async setRegistration(admin: Caller, registration: RegistrationMode): Promise<ServerSettings> {
    await this.limiter.take('adminActs', admin.accountId);
    await this.store.setRegistration(admin, registration, this.clock.now());
    await this.running.refresh();
    return this.running.current;
  }

  /** What is older than that is erased within minutes, and does not come back. @param days null for no bound. @throws {RateLimited} */
  async setRetention(admin: Caller, days: number | null): Promise<ServerSettings> {
    await this.limiter.take('adminActs', admin.accountId);
    await this.store.setRetention(admin, days, this.clock.now());
    await this.running.refresh();
    return this.running.current;
  }
}
