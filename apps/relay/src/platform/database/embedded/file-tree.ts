import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The path of everything in `folder`, and of `folder` itself last: once that is changed, all is. */
export async function* walkUp(folder: string): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walkUp(path);
    else yield path;
  }
  yield folder;
}
