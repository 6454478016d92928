import { runProgram } from './operator-command.js';
import { runReports, USAGE } from './reports-command.js';

await runProgram({ run: runReports, usage: USAGE, failed: 'The reports cannot be read' });
