export { RunningSettings } from './running-settings.service.js';
export { longestLifeSeconds, type ServerSettings } from './server-settings.js';
export { ServerSettingsEntity } from './server-settings.entity.js';
export { SettingsModule } from './settings.module.js';
export { SettingsStore } from './settings.store.js';
