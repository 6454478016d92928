import { runAudit, USAGE } from './audit-command.js';
import { runProgram } from './operator-command.js';

// 1 would say that the log is not what it was, which is not known when it cannot be read.
await runProgram({ run: runAudit, usage: USAGE, failed: 'The audit log cannot be read' });
