/** Has the generator load a server, in a process and on a core of its own. */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const SERVER_CORE = 0;
const GENERATOR_CORE = 1;

const generator = join(dirname(fileURLToPath(import.meta.url)), '../generator.mjs');

/**
 * @param server that is loaded: its address, whose process it is, and who writes to whom (`people`, `traffic`).
 * @param options of the load, with its name as `load`.
 * @returns what it has measured.
 */
export function generate({ directory, database }, server, { core = GENERATOR_CORE, ...options }) {
  const { adapter, url, pid, people, traffic, storesNothing } = server;
  const databasePid = storesNothing ? undefined : database.pid;
  const file = join(directory, 'load.json');
  writeFileSync(file, JSON.stringify({ adapter, url, people, traffic, serverPid: pid, databasePid, ...options }));
  const argv = ['-c', String(core), process.execPath, generator, file];
  const child = spawn('taskset', argv, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done, fail) => {
    let text = '';
    child.stdout.on('data', (chunk) => (text += chunk));
    child.once('error', fail);
    child.once('exit', (code) =>
      code === 0 ? done(JSON.parse(text)) : fail(new Error(`the generator ended with ${code}`)),
    );
  });
}
