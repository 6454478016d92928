import { run } from './program.js';
import { exitCodeFor, wordsFor } from './refusals.js';

const ended = new AbortController();
// Once: a second Ctrl-C ends it at once. The store survives that, too.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => ended.abort());
// Whoever read this has gone.
process.stdout.on('error', () => ended.abort());

const terminal = { input: process.stdin, output: process.stdout, errors: process.stderr, signal: ended.signal };
try {
  await run(process.argv.slice(2), { terminal, givenPassword: process.env.SEALPOST_PASSWORD });
} catch (error) {
  process.stderr.write(`${wordsFor(error)}\n`);
  process.exitCode = exitCodeFor(error);
}
