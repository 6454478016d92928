import { open, rm } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { fileAt } from '#sdk/node';
import type { Operation } from '../operation.js';
import { jsonOf } from '../log-lines.js';
import { conversationWith } from '../targets.js';
import { printable, say } from '../terminal.js';
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

/** By the `seq` that `save-file` takes. */
export async function listFiles({ sealpost, terminal, options, args: [name = ''] }: Operation): Promise<void> {
  const conversation = await conversationWith(sealpost, name);
  for await (const message of sealpost.attachments.list(conversation.id)) {
    const { seq, content } = message;
    const line = `${String(seq).padStart(6)}  ${String(content.bytes).padStart(12)}  ${printable(content.name)}`;
    const json = (): string => JSON.stringify(jsonOf(conversation, message, sealpost.self.username));
    await say(terminal, options.json ? json() : line);
  }
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
