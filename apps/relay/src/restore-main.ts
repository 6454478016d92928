import { runProgram } from './operator-command.js';
import { runRestore, USAGE } from './restore-command.js';

await runProgram({ run: runRestore, usage: USAGE, failed: 'The restore failed' });
