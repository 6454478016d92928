import { runBackup, USAGE } from './backup-command.js';
import { runProgram } from './operator-command.js';

await runProgram({ run: runBackup, usage: USAGE, failed: 'The backup failed' });
