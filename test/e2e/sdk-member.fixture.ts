/**
 * A device in a process of its own. It does what its argument says, tells of it on its output, one line of JSON each, and is
 * killed: by whoever started it, or by itself at a write or a request that its argument names.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Batch, type Range, type Row, Sealpost, type Store, type StoreTable } from '#sdk';
import { NodeStore } from '#sdk/node';
import { historyOf } from './sdk-history.js';
import type { Death, MemberOrder, MemberSays } from './sdk-members.js';

const PASSWORD = 'correct horse battery staple';
const order = JSON.parse(process.argv[2] ?? '') as MemberOrder;

/** At once: what waits in this process dies with it. */
function say(words: MemberSays): void {
  writeSync(1, `${JSON.stringify(words)}\n`);
}

/** Counts steps of one kind, and ends the process at one of them: just before it, or just after, when nobody was told. */
class Mortality {
  private steps = 0;

  constructor(
    private readonly death: Death | undefined,
    private readonly kind: Death['at'],
  ) {}

  async step<T>(run: () => Promise<T>): Promise<T> {
    const isLast = this.death?.at === this.kind && ++this.steps === this.death.nth;
    if (isLast && !this.death.hasHappened) process.kill(process.pid, 'SIGKILL');
    const result = await run();
    if (isLast) process.kill(process.pid, 'SIGKILL');
    return result;
  }
}

class MortalStore implements Store {
  private readonly mortality = new Mortality(order.death, 'write');

  constructor(private readonly store: NodeStore) {}

  get(table: StoreTable, key: string): Promise<Row | undefined> {
    return this.store.get(table, key);
  }

  scan(table: StoreTable, range?: Range): Promise<Row[]> {
    return this.store.scan(table, range);
  }

  write(batch: Batch): Promise<void> {
    return this.mortality.step(() => this.store.write(batch));
  }

  close(): Promise<void> {
    return this.store.close();
  }

  destroy(): Promise<void> {
    return this.store.destroy();
  }
}

const requests = new Mortality(order.death, 'request');

/** Tells of each ciphertext before it may leave. */
async function mortalFetch(...args: Parameters<typeof fetch>): Promise<Response> {
  const request = new Request(...args);
  if (request.method === 'POST' && request.url.endsWith('/messages')) {
    const { ciphertext } = (await request.clone().json()) as { ciphertext: string };
    say({ posting: ciphertext });
  }
  return requests.step(() => fetch(request));
}

const store = new MortalStore(await NodeStore.open(order.home));
const sealpost = new Sealpost({ url: order.url, store, fetch: mortalFetch });
if (order.enter !== undefined) await enter(order.enter);
else await live(order);

async function enter(how: 'register' | 'signIn'): Promise<void> {
  await sealpost[how]({ username: order.username, password: PASSWORD });
  await sealpost.settled();
  await sealpost.close();
}

async function live({ conversationId, texts }: MemberOrder): Promise<void> {
  sealpost.listen((event) => {
    if (event.kind === 'message') say({ told: event.message.seq });
    if (event.kind === 'refused') say({ wrong: `refused: ${event.code}` });
    if (event.kind === 'trouble') say({ wrong: `trouble: ${String(event.trouble)}` });
    if (event.kind === 'failed') say({ wrong: `failed: ${String(event.error)}` });
  });
  createInterface({ input: process.stdin }).on('line', () => {
    void historyOf(sealpost.messages, conversationId).then((read) => say({ history: read }));
  });
  await sealpost.unlock(PASSWORD);
  say({ state: 'open' });
  for (const text of texts) {
    say({ sending: text });
    await sealpost.messages.send(conversationId, text);
    say({ queued: text });
  }
  await sealpost.settled();
  say({ state: 'settled' });
}
