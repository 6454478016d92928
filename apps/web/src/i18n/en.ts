import { enAdmin } from './en-admin.js';
import { enChats } from './en-chats.js';
import { enContacts } from './en-contacts.js';
import { enFiles } from './en-files.js';
import { enFirst } from './en-first.js';
import { enOperations } from './en-operations.js';
import { enReports } from './en-reports.js';
import { enSettings } from './en-settings.js';
import { enTimeline } from './en-timeline.js';

/** Every string of the app, in ICU message format. English is the reference: other languages have its keys. */
export const en = {
  ...enFirst,
  ...enAdmin,
  ...enChats,
  ...enContacts,
  ...enFiles,
  ...enOperations,
  ...enReports,
  ...enSettings,
  ...enTimeline,
};

export type Messages = typeof en;
