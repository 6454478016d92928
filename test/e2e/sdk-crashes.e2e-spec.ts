import { type Batch, MemoryStore, type Range, type Row, type Store, type StoreTable } from '#sdk';
import { scaled, TestRelay, until } from '#testing';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import { PASSWORD, type SdkDevice } from './sdk-devices.js';

const relay = TestRelay.duringTests();
const apps = SdkApps.duringTests(relay);

class Crash extends Error {}

/** A disk under a program that ends at a write: just before it lands, or just after, when nobody was told. */
class MortalStore implements Store {
  private writes = 0;
  private isDead = false;

  constructor(
    private readonly store: MemoryStore,
    private readonly death: { readonly atWrite: number; readonly hasLanded: boolean },
  ) {}

  async get(table: StoreTable, key: string): Promise<Row | undefined> {
    this.live();
    return this.store.get(table, key);
  }

  async scan(table: StoreTable, range?: Range): Promise<Row[]> {
    this.live();
    return this.store.scan(table, range);
  }

  async write(batch: Batch): Promise<void> {
    this.live();
    this.isDead = ++this.writes === this.death.atWrite;
    if (!this.isDead || this.death.hasLanded) await this.store.write(batch);
    this.live();
  }

  async close(): Promise<void> {
    await this.store.close();
  }

  async destroy(): Promise<void> {
    await this.store.destroy();
  }

  private live(): void {
    if (this.isDead) throw new Crash();
  }
}

const TEXTS = ['one', 'two', 'three'];
/** Writes of a device between waking up and having sent three messages: later ones are as these. */
const WRITES = 12;
const DEATHS = scaled({ ci: WRITES, gate: 1_000 });

describe('a device that dies at any write (C-53)', () => {
  it('sends every message once, with no key used twice, when it wakes up again', async () => {
    const [ada, grace] = await apps.everyone('ada', 'grace');
    const { id } = await ada.sealpost.conversations.direct(grace.username);
    await grace.ready(id);
    await ada.stop();
    const [attempted, taken]: [string[], string[]] = [[], []];
    for (let n = 0; n < DEATHS; n++) {
      const death = { atWrite: 1 + (n % WRITES), hasLanded: (n + Math.floor(n / WRITES)) % 2 === 1 };
      const toSend = TEXTS.map((text) => `${text} ${String(n)}`);
      attempted.push(...toSend);
      taken.push(...(await sendMortally(ada.device, toSend, { id, death })));
    }
    const alive = await apps.restarted(ada);
    await alive.sealpost.messages.send(id, 'the last');
    await until(async () => (await texts(grace, id)).at(-1) === 'the last', 'grace has everything', 30_000);
    const read = (await texts(grace, id)).slice(0, -1);
    // Each once, in order, none unreadable; what was stored as the device died may have left though nobody had said so.
    expect(read).toEqual(attempted.filter((text) => read.includes(text)));
    expect(taken.filter((text) => !read.includes(text))).toEqual([]);
    expect((await texts(alive, id)).slice(0, -1)).toEqual(read);
    expect(taken.length).toBeGreaterThan(attempted.length / 4);
  });
});

/** @returns what the device said it had stored before it died. */
async function sendMortally(
  device: SdkDevice,
  toSend: readonly string[],
  { id, death }: { id: string; death: { atWrite: number; hasLanded: boolean } },
): Promise<string[]> {
  const store = new MortalStore(await MemoryStore.open(device.disk), death);
  const app = await apps.on(device, { store });
  const { sealpost } = app;
  const taken: string[] = [];
  try {
    await sealpost.unlock(PASSWORD);
    for (const text of toSend) {
      await sealpost.messages.send(id, text);
      taken.push(text);
    }
    await sealpost.settled();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  await app.stop().catch(() => undefined);
  device.disk.isInUse = false;
  return taken;
}

/** Everything in a conversation, oldest first; what cannot be read says why. */
async function texts(app: SdkApp, id: string): Promise<string[]> {
  const messages = await app.messages(id);
  return messages.map(({ content, unreadable = 'nothing' }) => (content?.kind === 'text' ? content.text : unreadable));
}
