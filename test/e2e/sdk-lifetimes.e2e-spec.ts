import './cheap-argon2.js';
import type { MessageRecord, SdkEvent } from '#sdk';
import { TestRelay, until } from '#testing';
import { type SdkApp, SdkApps } from './sdk-apps.js';

/** Messages that disappear: Ada and Grace talk, and their devices have a clock that can be turned. */

const MINUTE_MS = 60_000;

const relay = TestRelay.duringTests();
let aheadMs = 0;
const apps = SdkApps.throughout(relay, { now: () => Date.now() + aheadMs });
let ada: SdkApp;
let grace: SdkApp;
let chat: string;

async function find(app: SdkApp, text: string): Promise<MessageRecord | undefined> {
  const messages = await app.messages(chat);
  return messages.find(({ content }) => content?.kind === 'text' && content.text === text);
}

async function agree(app: SdkApp, seconds: number | null): Promise<void> {
  await app.sealpost.conversations.setLifetime(chat, seconds);
  for (const { sealpost } of [ada, grace]) {
    const isKnown = async (): Promise<boolean> => (await sealpost.conversations.get(chat)).lifetimeSeconds === seconds;
    await until(isKnown, 'the life of messages is known', 20_000);
  }
}

/** Sends a text, and waits until both have it. */
async function say(app: SdkApp, text: string): Promise<string> {
  const id = await app.sealpost.messages.send(chat, text);
  await Promise.all([ada, grace].map((one) => one.reads(chat, text)));
  return id;
}

/** The next message that goes. */
function expired({ sealpost }: SdkApp): Promise<SdkEvent> {
  return new Promise((resolve) => {
    const stop = sealpost.listen((event) => {
      if (event.kind !== 'expired') return;
      stop();
      resolve(event);
    });
  });
}

beforeAll(async () => {
  [ada, grace] = await apps.everyone('ada', 'grace');
  ({ id: chat } = await ada.sealpost.conversations.direct(grace.username));
  await grace.ready(chat);
}, 60_000);

describe('the life of messages in a conversation', () => {
  it('is agreed inside the encryption, and the relay hears it of each message that it has to delete', async () => {
    await say(ada, 'for good');
    await agree(ada, 60);
    await say(grace, 'for a minute');
    const sent = grace.device.wire.sent.filter((request) => request.includes('/messages\n'));
    expect(sent.at(-1)).toContain('"expiresIn":60');
    expect(ada.device.wire.sent.filter((request) => request.includes('expiresIn"'))).toEqual([]);
    for (const app of [ada, grace]) {
      const { expiresAtMs = 0, sentAtMs } = (await find(app, 'for a minute'))!;
      expect(expiresAtMs).toBe(sentAtMs + MINUTE_MS);
      expect((await find(app, 'for good'))?.expiresAtMs).toBeUndefined();
    }
  });

  it('is whole seconds, up to a year', async () => {
    for (const seconds of [0, -1, 0.5, 31_536_001, NaN])
      await expect(ada.sealpost.conversations.setLifetime(chat, seconds)).rejects.toMatchObject({
        code: 'invalid_lifetime',
      });
  });

  it('holds for what is written right after it was changed, also before the change was sent', async () => {
    await ada.sealpost.conversations.setLifetime(chat, 120);
    await say(ada, 'at once');
    const { content } = (await find(grace, 'at once'))!;
    expect(content).toMatchObject({ expiresIn: 120 });
  });

  it('ends on every device by itself, and leaves nothing to be read, found, or reacted to', async () => {
    await agree(grace, 2);
    const gone = [ada, grace].map(expired);
    const id = await say(ada, 'short');
    await grace.sealpost.messages.react(chat, id, '👍');
    for (const event of await Promise.all(gone))
      expect(event).toMatchObject({ id, message: { content: null, unreadable: 'expired', senderAccountId: null } });
    for (const app of [ada, grace]) {
      expect(await app.sealpost.messages.get(chat, id)).toBeUndefined();
      expect(await app.sealpost.messages.search('short').next()).toMatchObject({ done: true });
      await expect(app.sealpost.messages.react(chat, id, '👍')).rejects.toMatchObject({ code: 'unknown_message' });
    }
  });

  it('is over at once when a device wakes up, and deleted when it is opened, whatever its clock says then', async () => {
    await agree(ada, 60);
    await say(ada, 'overnight');
    const { unread } = await grace.sealpost.conversations.get(chat);
    await grace.stop();
    aheadMs += 61_000;
    expect(await find(ada, 'overnight')).toBeUndefined();
    grace = await apps.restarted(grace);
    ada = await apps.restarted(ada);
    aheadMs -= 61_000;
    for (const app of [ada, grace]) {
      const messages = await app.sealpost.messages.history(chat, { signals: true });
      expect(messages.find(({ unreadable }) => unreadable === 'expired')?.seq).toBe(messages[0]?.seq);
      expect(await find(app, 'overnight')).toBeUndefined();
    }
    expect((await grace.sealpost.conversations.get(chat)).unread).toBe(unread - 1);
  });

  it('that is over before a device hears of it leaves a gap', async () => {
    await grace.stop();
    await ada.sealpost.messages.send(chat, 'too late');
    await ada.sealpost.settled();
    // Devices and relay alike.
    aheadMs += 61_000;
    relay.clock.advance(61_000);
    grace = await apps.restarted(grace);
    expect((await grace.messages(chat)).at(-1)).toMatchObject({ content: null, unreadable: 'expired' });
  });

  it('can be taken back: what is written then stays', async () => {
    await agree(grace, null);
    await say(ada, 'for good again');
    expect((await find(grace, 'for good again'))?.expiresAtMs).toBeUndefined();
  });
});

describe('who comes in later', () => {
  it('is told how long messages live, which the others are shown once', async () => {
    const alan = await apps.registered('alan');
    const { id } = await ada.sealpost.conversations.group([grace.username], { title: 'Tea' });
    await grace.ready(id);
    await ada.sealpost.conversations.setLifetime(id, 3_600);
    await ada.sealpost.settled();
    await ada.sealpost.conversations.add(id, [alan.username]);
    await alan.ready(id);
    const knows = async (app: SdkApp): Promise<boolean> =>
      (await app.sealpost.conversations.get(id)).lifetimeSeconds === 3_600;
    for (const app of [grace, alan]) await until(() => knows(app), 'the life of messages is known', 20_000);
    await until(async () => (await grace.messages(id)).length === 4, 'Grace has all of it', 20_000);
    const said = (await grace.messages(id)).map(({ content, isRepeated = false }) => [content?.kind, isRepeated]);
    expect(said).toEqual([
      ['title', false],
      ['lifetime', false],
      ['title', true],
      ['lifetime', true],
    ]);
  });

  it('with a new device takes it from what others write', async () => {
    const tablet = await apps.signedIn(grace);
    const { id } = await ada.sealpost.conversations.direct(grace.username);
    await tablet.ready(id);
    expect((await tablet.sealpost.conversations.get(id)).lifetimeSeconds).toBeNull();
    await agree(ada, 600);
    await ada.sealpost.messages.send(id, 'to all devices');
    await tablet.reads(id, 'to all devices');
    expect((await tablet.sealpost.conversations.get(id)).lifetimeSeconds).toBe(600);
  });
});
