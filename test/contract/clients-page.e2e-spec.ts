import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { draftOf, TestRelay, TestUser, until } from '#testing';
import { io, type Socket } from 'socket.io-client';
import { renew } from '../e2e/renewal.js';

const PAGE = readFileSync(join(import.meta.dirname, '../../docs/clients.md'), 'utf8');

interface Item {
  readonly seq: number;
  readonly ciphertext?: string;
}

interface SyncPage {
  readonly incarnation: string;
  readonly revision: number;
  readonly conversations: readonly { conversationId: string; upTo: number; items: readonly Item[] }[];
}

/** The store that the page asks for, in memory; it takes nothing that does not follow on what it has. */
class Store {
  private incarnation: string | undefined;
  private revision = 0;
  private readonly logs = new Map<string, Item[]>();

  position(): object {
    const cursors = Object.fromEntries([...this.logs].map(([id, items]) => [id, items.at(-1)!.seq]));
    return {
      ...(this.incarnation === undefined ? {} : { incarnation: this.incarnation }),
      revision: this.revision,
      cursors,
    };
  }

  cursorOf(id: string): number {
    return this.logs.get(id)?.at(-1)?.seq ?? 0;
  }

  addPage({ incarnation, revision, conversations }: SyncPage): void {
    for (const { conversationId, items } of conversations) for (const item of items) this.add(conversationId, item);
    [this.incarnation, this.revision] = [incarnation, revision];
  }

  addEntry(entry: Item & { readonly conversationId: string }): void {
    this.add(entry.conversationId, entry);
  }

  texts(id: string): string[] {
    return (this.logs.get(id) ?? []).map(({ ciphertext = '' }) => Buffer.from(ciphertext, 'base64url').toString());
  }

  private add(id: string, item: Item): void {
    if (item.seq !== this.cursorOf(id) + 1) throw new Error(`${item.seq} does not follow on ${this.cursorOf(id)}`);
    this.logs.set(id, [...(this.logs.get(id) ?? []), item]);
  }
}

type KeepUp = (client: { url: string; token: () => Promise<string>; store: Store }) => Socket;

/** What the page shows, as it stands there. */
function keepUpOfPage(): KeepUp {
  const [, code = ''] = /```js\n(function keepUp[\s\S]*?)```/.exec(PAGE) ?? [];
  const make = compileFunction(`${code}\nreturn keepUp;`, ['io']) as (connect: typeof io) => KeepUp;
  return make(io);
}

describe('the socket client of docs/clients.md', () => {
  let relay: TestRelay;
  let ada: TestUser;
  let grace: TestUser;
  let conversationId: string;
  let store: Store;
  let socket: Socket;
  let isTokenOld = false;

  beforeAll(async () => {
    relay = await TestRelay.start();
    [ada, grace] = [await TestUser.register(relay), await TestUser.register(relay)];
    conversationId = await ada.directWith(grace);
  });
  afterAll(async () => {
    socket.close();
    await relay.stop();
  });

  const token = async (): Promise<string> => {
    if (isTokenOld) await renew(relay, grace);
    isTokenOld = false;
    return grace.token;
  };
  const has = (...texts: string[]): Promise<unknown> =>
    until(() => store.texts(conversationId).join() === texts.join(), `the store has ${texts.join()}`);

  it('finds what came before it, and hears what comes', async () => {
    await ada.send(conversationId, 'one');
    store = new Store();
    socket = keepUpOfPage()({ url: relay.url, token, store });
    await has('one');
    await ada.send(conversationId, 'two');
    await has('one', 'two');
  });

  it('pulls what is too large for a push, and keeps the order', async () => {
    const large = 'x'.repeat(40_000);
    await ada.request('POST', `/conversations/${conversationId}/messages`, draftOf(large));
    await ada.send(conversationId, 'four');
    await has('one', 'two', large, 'four');
  });

  it('comes back when the relay does, and misses nothing', async () => {
    const { length } = store.texts(conversationId);
    await relay.restart();
    await ada.send(conversationId, 'five');
    await until(() => store.texts(conversationId).length === length + 1, 'the store has what came meanwhile');
  });

  it('comes back with a fresh token after the relay hung up because the old one had expired', async () => {
    const { length } = store.texts(conversationId);
    await until(() => socket.connected, 'the socket is connected');
    isTokenOld = true;
    const hungUp = new Promise((resolve) => socket.once('disconnect', resolve));
    relay.clock.advance(660_000);
    expect(await hungUp).toBe('io server disconnect');
    await renew(relay, ada);
    await ada.send(conversationId, 'six');
    await until(() => store.texts(conversationId).length === length + 1, 'the store has what came meanwhile');
  });

  it('stays away once its session is over', async () => {
    await until(() => socket.connected, 'the socket is connected');
    const hungUp = new Promise((resolve) => socket.once('disconnect', resolve));
    await grace.request('POST', '/auth/logout');
    await hungUp;
    await expect(until(() => socket.connected, 'it came back', 2_500)).rejects.toThrow('in vain');
  });
});
