import { connectWorker, fileOf, type WorkerOptions, type WorkerSealpost } from '#sdk/browser';
import { offer } from './offer.js';

let worker: Worker;
let sealpost: WorkerSealpost;
let heard: string[] = [];
const longTasks: number[] = [];

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration);
}).observe({ type: 'longtask' });

interface ScriptUrls {
  createScriptURL(path: string): string;
}

declare const trustedTypes: { createPolicy(name: string, rules: ScriptUrls): ScriptUrls };

/** Under Trusted Types a worker starts from an address that a policy of the page has looked at. */
const scripts = trustedTypes.createPolicy('worker-script', {
  createScriptURL: (path) => {
    if (!['/worker.js', '/hopping.js', '/missing.js'].includes(path))
      throw new TypeError('This is no worker of this page.');
    return path;
  },
});

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => String(error instanceof Error && 'code' in error ? error.code : error),
  );
}

async function connect({
  script = '/worker.js',
  ...options
}: WorkerOptions & { readonly script?: string }): Promise<void> {
  worker = new Worker(scripts.createScriptURL(script), { type: 'module' });
  sealpost = await connectWorker(worker, options);
  heard = [];
  sealpost.listen((event) => {
    const code = event.kind === 'failed' && event.error instanceof Error && 'code' in event.error && event.error.code;
    heard.push([event.kind, ...(typeof code === 'string' ? [code] : [])].join(' '));
  });
}

/** Of all messages of a conversation, the newest first. */
async function texts(id: string): Promise<string[]> {
  const all: string[] = [];
  for (let before: number | undefined; ;) {
    const page = await sealpost.messages.history(id, { limit: 200, ...(before === undefined ? {} : { before }) });
    all.push(...page.flatMap(({ content }) => (content?.kind === 'text' ? [content.text] : [])));
    before = page.at(-1)?.seq;
    if (before === undefined) return all;
  }
}

const numberedFile = (bytes: number): Blob => new Blob([new Uint8Array(bytes).map((_none, n) => n % 251)]);

/** How much of it came, piece by piece, and whether it is what {@link numberedFile} makes. */
async function readFile(id: string): Promise<{ pieces: number; isSame: boolean }> {
  const [message] = await sealpost.messages.history(id, { limit: 1 });
  if (message?.content?.kind !== 'attachment' || message.id === null) return { pieces: 0, isSame: false };
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of sealpost.attachments.open(id, message.id)) pieces.push(piece);
  const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
  const isSame = bytes.length === message.content.bytes && bytes.every((byte, n) => byte === n % 251);
  return { pieces: pieces.length, isSame };
}

offer({
  /** @returns how much of it was told to be there, one after the other. */
  sendFile: async ({ id, bytes }: { id: string; bytes: number }) => {
    const told: number[] = [];
    const options = { name: 'numbers', onProgress: ({ done }: { done: number }) => void told.push(done) };
    await sealpost.attachments.send(id, fileOf(numberedFile(bytes)), options);
    return told;
  },
  cancelFile: async ({ id, bytes }: { id: string; bytes: number }) => {
    const cancelled = new AbortController();
    const onProgress = (): void => cancelled.abort(new RangeError('changed my mind'));
    const options = { name: 'numbers', signal: cancelled.signal, onProgress };
    return codeOf(sealpost.attachments.send(id, fileOf(numberedFile(bytes)), options));
  },
  readFile,
  connect: (options: Parameters<typeof connect>[0]) => codeOf(connect(options)),
  register: (credentials: { username: string; password: string }) => codeOf(sealpost.register(credentials)),
  unlock: (password: string) => codeOf(sealpost.unlock(password)),
  lock: () => codeOf(sealpost.lock()),
  signOut: () => codeOf(sealpost.signOut()),
  cookies: () => document.cookie,
  close: () => codeOf(sealpost.close()),
  settled: () => sealpost.settled(),
  self: () => codeOf((async () => Promise.resolve(sealpost.self))()),
  username: () => sealpost.self.username,
  direct: async (username: string) => (await sealpost.conversations.direct(username)).id,
  list: async () => (await sealpost.conversations.list()).map(({ id }) => id),
  send: ({ id, text }: { id: string; text: string }) => codeOf(sealpost.messages.send(id, text)),
  sendMany: async ({ id, count, text }: { id: string; count: number; text: string }) => {
    for (let n = 0; n < count; n++) await sealpost.messages.send(id, `${text} ${n}`);
  },
  texts,
  found: async (words: string) => {
    const texts: string[] = [];
    for await (const { content } of sealpost.messages.search(words))
      if (content?.kind === 'text') texts.push(content.text);
    return texts;
  },
  safetyNumber: async (id: string) => {
    const { members } = await sealpost.conversations.get(id);
    const peer = members.find(({ username }) => username !== sealpost.self.username);
    return (await sealpost.contacts.safetyNumberWith(peer?.accountId ?? '')).digits;
  },
  heard: () => heard,
  longTasks: () => longTasks.splice(0),
  killWorker: () => worker.terminate(),
  /** What is asked while the worker is killed. */
  askAndKill: () => {
    const asked = codeOf(sealpost.settled());
    worker.terminate();
    return asked;
  },
});
