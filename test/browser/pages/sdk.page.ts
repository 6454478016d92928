import { connectWorker, type WorkerOptions, type WorkerSealpost } from '#sdk/browser';
import { offer } from './offer.js';

let worker: Worker;
let sealpost: WorkerSealpost;
let heard: string[] = [];
const longTasks: number[] = [];

new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration);
}).observe({ type: 'longtask' });

/** A page under Trusted Types starts a worker from an address that a policy of its own has looked at. */
function workerScript(): string {
  const path = '/worker.js';
  if (!('trustedTypes' in globalThis)) return path;
  const { trustedTypes } = globalThis as unknown as { trustedTypes: TrustedTypes };
  return policyOf(trustedTypes).createScriptURL(path);
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(path: string): string },
  ): { createScriptURL(path: string): string };
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined;

function policyOf(trustedTypes: TrustedTypes) {
  policy ??= trustedTypes.createPolicy('worker-script', {
    createScriptURL: (path) => {
      if (path !== '/worker.js') throw new TypeError('This is no worker of this page.');
      return path;
    },
  });
  return policy;
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'none',
    (error: unknown) => String((error instanceof Error && 'code' in error && error.code) || error),
  );
}

async function connect(options: WorkerOptions): Promise<void> {
  worker = new Worker(workerScript(), { type: 'module' });
  sealpost = await connectWorker(worker, options);
  heard = [];
  sealpost.listen((event) => {
    const code = event.kind === 'failed' && event.error instanceof Error && 'code' in event.error && event.error.code;
    heard.push([event.kind, ...(typeof code === 'string' ? [code] : [])].join(' '));
  });
}

offer({
  connect: (options: WorkerOptions) => codeOf(connect(options)),
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
  sendMany: async ({ id, count }: { id: string; count: number }) => {
    for (let n = 0; n < count; n++) await sealpost.messages.send(id, `number ${n}`);
  },
  texts: async (id: string) =>
    (await sealpost.messages.history(id, { limit: 200 })).map(
      ({ content }) => content?.kind === 'text' && content.text,
    ),
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
