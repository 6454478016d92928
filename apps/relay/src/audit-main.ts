import { once } from 'node:events';
import { Misused, runAudit, USAGE } from './audit-command.js';
import { ConfigMistakes } from './platform/config/config.js';

try {
  process.exitCode = await runAudit(process.argv.slice(2), { write });
} catch (error) {
  const reason = error instanceof Error ? error.message : 'unknown reason';
  const isPlain = error instanceof Misused || error instanceof ConfigMistakes;
  process.stderr.write(isPlain ? `${reason}\n` : `The audit log cannot be read: ${reason}\n`);
  if (error instanceof Misused) process.stderr.write(`\n${USAGE}`);
  // 1 says that the log is not what it was, which is not known now.
  process.exitCode = 2;
}

async function write(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
