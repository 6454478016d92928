import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a file that is built is missing, or older than what it is built from. */
export function isOutdated(built, sources) {
  return !existsSync(built) || statSync(built).mtimeMs < newest(sources);
}

function newest(paths) {
  return Math.max(...paths.map((path) => (statSync(path).isDirectory() ? newestIn(path) : statSync(path).mtimeMs)));
}

function newestIn(directory) {
  return Math.max(0, ...readdirSync(directory).map((name) => newest([join(directory, name)])));
}
