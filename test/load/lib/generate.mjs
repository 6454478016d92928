/** Has the generator load a server, in a process and on a core of its own. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SERVER_CORE = 0;
const GENERATOR_CORE = 1;
/** Senders, and as many recipients. */
export const PAIRS = 64;

const generator = join(dirname(fileURLToPath(import.meta.url)), '../generator.mjs');

/** @returns what it has measured. */
export function generate({ directory, database }, server, options) {
  const { adapter, url, pid, people } = server;
  const given = {
    ...options,
    adapter,
    url,
    people: people?.slice(0, options.connections ?? 2 * PAIRS),
    serverPid: pid,
    databasePid: database.pid,
  };
  const file = join(directory, 'scenario.json');
  writeFileSync(file, JSON.stringify(given));
  const argv = ['-c', String(GENERATOR_CORE), process.execPath, generator, file];
  const child = spawn('taskset', argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done, fail) => {
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.once('exit', (code) =>
      code === 0 ? done(JSON.parse(text)) : fail(new Error(`the generator ended with ${code}`)),
    );
  });
}
