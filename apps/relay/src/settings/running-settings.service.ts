import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Rounds } from '../platform/clock/rounds.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Log } from '../platform/logging/log.js';
import { type ServerSettings, settingsInForce } from './server-settings.js';
import { SettingsStore } from './settings.store.js';

/** What is set through another relay counts here so much later, at the latest. */
const EVERY_MS = 2_000;

/** The settings in force, at hand without a query: also while the database is down, and on the way of every message. */
@Injectable()
export class RunningSettings implements OnApplicationBootstrap, OnApplicationShutdown {
  private settings: ServerSettings;
  private isRead = false;
  private readonly rounds: Rounds;

  constructor(
    private readonly store: SettingsStore,
    log: Log,
    @Inject(CONFIG) config: Config,
  ) {
    this.settings = settingsInForce(undefined, config);
    this.rounds = new Rounds(log, {
      everyMs: EVERY_MS,
      failed: 'reading the settings failed',
      run: () => this.refresh(),
    });
  }

  /** Read before anybody is let in: who sends a message waits for nothing, and overtakes nobody. */
  async onApplicationBootstrap(): Promise<void> {
    await this.refresh();
    this.rounds.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.rounds.stop();
  }

  get current(): ServerSettings {
    return this.settings;
  }

  /**
   * Those that are stored, for what cannot be taken back: before they have been read for the first time, the environment is no word
   * on what an admin has set since.
   */
  async known(): Promise<ServerSettings> {
    if (!this.isRead) await this.refresh();
    return this.settings;
  }

  /** Reads them anew; to be called after a change. */
  async refresh(): Promise<void> {
    this.settings = await this.store.read();
    this.isRead = true;
  }
}
