export { BackupFolder } from './backup-folder.js';
export { checkBackup } from './check-backup.js';
export { makeBackup } from './make-backup.js';
export { NotABackup } from './manifest.js';
export { CannotRestore, restoreBackup } from './restore-backup.js';
