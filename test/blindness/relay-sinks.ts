import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from '#testing';

const MOST_CHUNK_BYTES = 256 * 1024;
/** What a form may be cut by where two chunks meet. */
const OVERLAP_BYTES = 4096;
/** Most of what a process reserves it never uses. */
const EMPTY = Buffer.alloc(MOST_CHUNK_BYTES + OVERLAP_BYTES);

/** All files of a folder, one by one. */
export async function* filesIn(directory: string): AsyncGenerator<Buffer> {
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) yield readFile(join(entry.parentPath, entry.name));
}

/**
 * What a process could write to at this moment, as a core dump would have it: read from the kernel, so that no debugger has to
 * be there. Linux only.
 */
export function* memoryOf(pid: number): Generator<Buffer> {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const [, from, to, rights = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+)/.exec(line) ?? [];
      if (rights.startsWith('rw')) yield* chunksOf(memory, { from: parseInt(from!, 16), to: parseInt(to!, 16) });
    }
  } finally {
    closeSync(memory);
  }
}

function* chunksOf(memory: number, { from, to }: { from: number; to: number }): Generator<Buffer> {
  for (let at = from; at < to; at += MOST_CHUNK_BYTES) {
    const chunk = Buffer.alloc(Math.min(MOST_CHUNK_BYTES + OVERLAP_BYTES, to - at));
    try {
      readSync(memory, chunk, 0, chunk.length, at);
    } catch {
      // Given back meanwhile.
      continue;
    }
    if (!chunk.equals(EMPTY.subarray(0, chunk.length))) yield chunk;
  }
}

/** Has a process of Node's write down its heap (`--heapsnapshot-signal=SIGUSR2`). */
export async function heapSnapshotOf(pid: number, directory: string): Promise<Buffer> {
  process.kill(pid, 'SIGUSR2');
  const file = await until(
    async () => (await readdir(directory)).find((name) => name.endsWith('.heapsnapshot')),
    'the heap is being written down',
    30_000,
  );
  const path = join(directory, file);
  const isWhole = (): boolean => existsSync(path) && endsWith(path, ']}');
  await until(isWhole, 'the heap is written down', 60_000);
  return readFile(path);
}

function endsWith(path: string, end: string): boolean {
  const { size } = statSync(path);
  const last = Buffer.alloc(end.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, last, 0, end.length, Math.max(0, size - end.length));
  } finally {
    closeSync(file);
  }
  return last.toString() === end;
}
