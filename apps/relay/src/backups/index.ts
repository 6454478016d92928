export { beginInPlace } from './begin-in-place.js';
export { BackupFolder } from './backup-folder.js';
export { checkBackup } from './check-backup.js';
export { makeBackup } from './make-backup.js';
export { restoreBackup } from './restore-backup.js';
