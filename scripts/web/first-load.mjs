import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export const MOST_FIRST_LOAD_BYTES = 350 * 1024;

/**
 * What comes over the wire before a page is shown: the page, its script with all that it imports at once, their styles, and the
 * worker. The messenger follows while somebody types a password.
 *
 * @returns the files with the size of their compressed copy, and the sum of all.
 */
export function firstLoad(directory) {
  const manifest = JSON.parse(readFileSync(join(directory, '.vite/manifest.json'), 'utf8'));
  const loaded = new Set(['index.html', 'icon.svg']);
  const load = (key) => {
    const { file, imports = [], css = [] } = manifest[key];
    if (loaded.has(file)) return;
    for (const path of [file, ...css]) loaded.add(path);
    imports.forEach(load);
  };
  load('index.html');
  // The manifest does not tell which of them are wanted first.
  const ofWorker = readdirSync(join(directory, 'workers')).filter((name) => name.endsWith('.js'));
  for (const name of ofWorker) loaded.add(`workers/${name}`);
  const files = [...loaded].map((path) => ({ path, bytes: statSync(join(directory, `${path}.gz`)).size }));
  return { bytes: files.reduce((sum, { bytes }) => sum + bytes, 0), files };
}

export function asKilobytes(bytes) {
  return `${(bytes / 1024).toFixed(1)} KB`;
}
