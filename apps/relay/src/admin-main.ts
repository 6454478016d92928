import { runAdmin, USAGE } from './admin-command.js';
import { runProgram } from './operator-command.js';

await runProgram({ run: runAdmin, usage: USAGE, failed: 'Who administers the relay cannot be read or changed' });
