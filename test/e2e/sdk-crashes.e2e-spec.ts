import './cheap-argon2.js';
import { MemoryStore } from '#sdk';
import { scaled, TestRelay, until } from '#testing';
import { Crash, type Death, MortalStore } from './mortal-store.js';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import { PASSWORD, type SdkDevice } from './sdk-devices.js';

const relay = TestRelay.duringTests();
const apps = SdkApps.duringTests(relay);

const TEXTS = ['one', 'two', 'three'];
/** Writes of a device between waking up and having sent three messages: later ones are as these. */
const WRITES = 16;
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
    expect(taken.length).toBeGreaterThan(attempted.length / 8);
  });
});

/** @returns what the device said it had stored before it died. */
async function sendMortally(
  device: SdkDevice,
  toSend: readonly string[],
  { id, death }: { id: string; death: Death },
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
