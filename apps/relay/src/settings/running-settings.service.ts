import { Inject, Injectable } from '@nestjs/common';
import { RoundsService } from '../platform/clock/rounds.js';
import { CONFIG, type Config } from '../platform/config/config.js';
import { Log } from '../platform/logging/log.js';
import { type ServerSettings, settingsInForce } from './server-settings.js';
import { SettingsStore } from './settings.store.js';

/** What is set through another relay counts here so much later, at the latest. */
const EVERY_MS = 2_000;

/** The settings in force, at hand without a query: also while the database is down, and on the way of every message. */
@Injectable()
export class RunningSettings extends RoundsService {
  private settings: ServerSettings;
  private isRead = false;
  /** The first time, for all who wait for it. */
  private reading: Promise<void> | undefined;

  constructor(
    private readonly store: SettingsStore,
    log: Log,
    @Inject(CONFIG) config: Config,
  ) {
    super(log, { everyMs: EVERY_MS, failed: 'reading the settings failed' });
    this.settings = settingsInForce(undefined, config);
  }

  protected override round(): Promise<void> {
    return this.refresh();
  }

  get current(): ServerSettings {
    return this.settings;
  }

  /**
   * Those that are stored, for what cannot be taken back: before they have been read for the first time, the environment is no word
   * on what an admin has set since.
   */
  async known(): Promise<ServerSettings> {
    if (!this.isRead) await (this.reading ??= this.firstRead());
    return this.settings;
  }

  /** Whether {@link current} is more than what the environment says: then nobody has to wait for {@link known}. */
  get isKnown(): boolean {
    return this.isRead;
  }

  /** Reads them anew; to be called after a change. */
  async refresh(): Promise<void> {
    this.settings = await this.store.read();
    this.isRead = true;
  }

  private async firstRead(): Promise<void> {
    try {
      await this.refresh();
    } finally {
      this.reading = undefined;
    }
  }
}
