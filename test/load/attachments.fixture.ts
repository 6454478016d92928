/** Sends a large file and reads it again, in a process whose memory is watched. Run by attachments.mjs. */
import { join } from 'node:path';
import { Sealpost } from '#sdk';
import { NodeStore } from '#sdk/node';

const PASSWORD = 'correct horse battery staple';
const MIB = 1024 ** 2;
const LOOK_MS = 20;

const { url, directory, bytes } = JSON.parse(process.argv[2] ?? '{}') as {
  readonly url: string;
  readonly directory: string;
  readonly bytes: number;
};

const [ann, ben] = await Promise.all([registered('ann'), registered('ben')]);
const { id: chat } = await ann.conversations.direct('ben');
// What is loaded and compiled only once is none of the file's.
await opened(await sent(4 * MIB));
let messageId = '';
const sending = await watched('send', async () => void (messageId = await sent(bytes)));
const opening = await watched('open', () => opened(messageId));
console.log(JSON.stringify({ ...sending, ...opening }));
await Promise.all([ann.close(), ben.close()]);

async function registered(username: string): Promise<Sealpost> {
  const sealpost = new Sealpost({ url, store: await NodeStore.open(join(directory, username)) });
  await sealpost.register({ username, password: PASSWORD });
  return sealpost;
}

/** Of a file that is on no disk, so that none is measured. */
async function sent(size: number): Promise<string> {
  const slice = (from: number, to: number): Promise<Uint8Array> =>
    Promise.resolve(new Uint8Array(to - from).fill(from / MIB));
  const id = await ann.attachments.send(chat, { size, slice }, { name: 'film.mp4', type: 'video/mp4' });
  await ann.settled();
  return id;
}

async function opened(id: string): Promise<void> {
  while ((await ben.messages.get(chat, id)) === undefined) await ben.messages.next({ conversationId: chat });
  let length = 0;
  for await (const piece of ben.attachments.open(chat, id)) length += piece.length;
  if (length === 0) throw new Error('nothing was read');
}

/** By how much the process has grown at most meanwhile, and how fast it went. */
async function watched(name: string, run: () => Promise<void>): Promise<Readonly<Record<string, number>>> {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const look = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), LOOK_MS);
  const startedAt = performance.now();
  await run();
  const seconds = (performance.now() - startedAt) / 1_000;
  clearInterval(look);
  return { [`${name}GrownMiB`]: (most - before) / MIB, [`${name}MiBs`]: bytes / MIB / seconds };
}
