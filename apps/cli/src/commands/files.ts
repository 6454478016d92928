import { open, rm } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileAt } from '#sdk/node';
import type { Operation } from '../operation.js';
import { conversationWith } from '../targets.js';
import { settle } from './conversations.js';
import { meant } from './messages.js';

/** Of those that other programs show by themselves; whatever else it is, its readers have to know. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.gif': 'image/gif',
  '.jpeg': 'image/jpeg',
  '.jpg': 'image/jpeg',
  '.m4a': 'audio/mp4',
  '.mp3': 'audio/mpeg',
  '.mp4': 'video/mp4',
  '.pdf': 'application/pdf',
  '.png': 'image/png',
  '.txt': 'text/plain',
  '.webm': 'video/webm',
  '.webp': 'image/webp',
};

export async function sendFile({
  sealpost,
  terminal,
  args: [name = '', path = '', ...words],
}: Operation): Promise<void> {
  const file = await fileAt(path);
  const { id } = await conversationWith(sealpost, name);
  const messageId = await sealpost.attachments.send(id, file, {
    name: basename(path),
    type: MEDIA_TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream',
    ...(words.length > 0 && { caption: words.join(' ') }),
    signal: terminal.signal,
  });
  await settle({ sealpost, terminal }, id, messageId);
}

/** Under a name that its receiver chooses, where nothing stands yet: what its sender has called it may be any path. */
export async function saveFile(operation: Operation): Promise<void> {
  const { sealpost, terminal } = operation;
  const [, , path = ''] = operation.args;
  const { conversationId, messageId } = await meant(operation);
  const file = await open(path, 'wx', 0o600);
  try {
    const { signal } = terminal;
    for await (const piece of sealpost.attachments.open(conversationId, messageId, { signal }))
      await file.writeFile(piece);
    await file.sync();
  } catch (error) {
    // Half of a file is none.
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}
