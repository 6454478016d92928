import type { Messages as Catalogue } from './en.js';

declare module 'use-intl' {
  interface AppConfig {
    Messages: Catalogue;
  }
}
