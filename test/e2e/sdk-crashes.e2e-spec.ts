import { MemoryDisk, MemoryStore, Sealpost } from '#sdk';
import { scaled, TestRelay, until } from '#testing';
import { Crash, type Death, MortalStore } from './mortal-store.js';

const relay = TestRelay.duringTests();
const PASSWORD = 'correct horse battery staple';

const TEXTS = ['one', 'two', 'three'];
/** Writes of a device between waking up and having sent three messages: later ones are as these. */
const WRITES = 12;
const DEATHS = scaled({ ci: WRITES, gate: 1_000 });

describe('a device that dies at any write (C-53)', () => {
  it('sends every message once, with no key used twice, when it wakes up again', async () => {
    const disk = new MemoryDisk();
    const ada = new Sealpost({ url: relay.url, store: await MemoryStore.open(disk) });
    await ada.register({ username: 'ada', password: PASSWORD });
    const grace = new Sealpost({ url: relay.url, store: await MemoryStore.open() });
    await grace.register({ username: 'grace', password: PASSWORD });
    const { id } = await ada.conversations.direct('grace');
    await until(async () => (await grace.conversations.list()).some(({ isReady }) => isReady), 'grace is in the group');
    await ada.close();
    const [attempted, taken]: [string[], string[]] = [[], []];
    for (let n = 0; n < DEATHS; n++) {
      const death = { atWrite: 1 + (n % WRITES), hasLanded: (n + Math.floor(n / WRITES)) % 2 === 1 };
      const toSend = TEXTS.map((text) => `${text} ${String(n)}`);
      attempted.push(...toSend);
      taken.push(...(await sendMortally(disk, toSend, { id, death })));
    }
    const alive = new Sealpost({ url: relay.url, store: await MemoryStore.open(disk) });
    await alive.unlock(PASSWORD);
    await alive.messages.send(id, 'the last');
    await until(async () => (await texts(grace, id)).at(-1) === 'the last', 'grace has everything', 30_000);
    const read = (await texts(grace, id)).slice(0, -1);
    // Each once, in order, none unreadable; what was stored as the device died may have left though nobody had said so.
    expect(read).toEqual(attempted.filter((text) => read.includes(text)));
    expect(taken.filter((text) => !read.includes(text))).toEqual([]);
    expect((await texts(alive, id)).slice(0, -1)).toEqual(read);
    expect(taken.length).toBeGreaterThan(attempted.length / 4);
    await alive.close();
    await grace.close();
  });
});

/** @returns what the device said it had stored before it died. */
async function sendMortally(
  disk: MemoryDisk,
  toSend: readonly string[],
  { id, death }: { id: string; death: Death },
): Promise<string[]> {
  const device = new Sealpost({ url: relay.url, store: new MortalStore(await MemoryStore.open(disk), death) });
  const taken: string[] = [];
  try {
    await device.unlock(PASSWORD);
    for (const text of toSend) {
      await device.messages.send(id, text);
      taken.push(text);
    }
    await device.settled();
  } catch (error) {
    if (!(error instanceof Crash)) throw error;
  }
  await device.close().catch(() => undefined);
  disk.isInUse = false;
  return taken;
}

/** Everything in a conversation, oldest first; what cannot be read says why. */
async function texts(device: Sealpost, id: string): Promise<string[]> {
  const read: string[] = [];
  for (let before: number | undefined; ;) {
    const page = await device.messages.history(id, { limit: 200, ...(before === undefined ? {} : { before }) });
    read.push(
      ...page.map(({ content, unreadable = 'nothing' }) => (content?.kind === 'text' ? content.text : unreadable)),
    );
    before = page.at(-1)?.seq;
    if (before === undefined) return read.reverse();
  }
}
