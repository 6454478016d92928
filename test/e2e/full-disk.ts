import { mkdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Makes the disk full for one attachment: whatever is written where its bytes are to be is refused for want of room. */
export async function blockedPath(directory: string, id: string): Promise<{ clear: () => Promise<void> }> {
  const path = join(directory, id.slice(0, 2), id);
  await mkdir(dirname(path), { recursive: true });
  await symlink('/dev/full', path);
  return { clear: () => rm(path) };
}
