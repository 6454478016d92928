import { runDoctor, USAGE } from './doctor-command.js';
import { runProgram } from './operator-command.js';

await runProgram({ run: runDoctor, usage: USAGE, failed: 'The relay cannot be examined' });
