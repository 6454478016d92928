import './cheap-argon2.js';
import type { SdkEvent } from '#sdk';
import { TestRelay, until } from '#testing';
import { sweep } from './retention.js';
import { type SdkApp, SdkApps } from './sdk-apps.js';

/** How long the relay keeps messages. Devices and relay have a clock that can be turned. */

const HOUR_MS = 3_600_000;
const WEEK = 7 * 86_400;
const KEPT = { expireAfterSeconds: null, afterDelivery: false };

const relay = TestRelay.duringTests();
const now = (): number => relay.clock.now().getTime();
const apps = SdkApps.duringTests(relay, { now });

async function talking() {
  const [ada, grace] = await apps.everyone('ada', 'grace');
  const { id: chat } = await ada.sealpost.conversations.direct(grace.username);
  await grace.ready(chat);
  return { ada, grace, chat };
}

function knows(app: SdkApp, chat: string, retention: object): Promise<unknown> {
  const isKnown = async (): Promise<boolean> => {
    const known = (await app.sealpost.conversations.get(chat)).retention;
    return JSON.stringify(known) === JSON.stringify(retention);
  };
  return until(isKnown, 'it is known how long messages are kept', 20_000);
}

/** Until the relay knows that all devices have all of a conversation. */
async function stored(chat: string, devices: readonly SdkApp[]): Promise<void> {
  // A cursor is told by what asks next.
  for (const { sealpost } of devices) await sealpost.reconnect();
  await told(chat, devices.length);
}

/** Until so many cursors are at the end of a log. */
async function told(chat: string, count: number): Promise<void> {
  const isTold = async (): Promise<boolean> => {
    const rows = await relay.query(
      'SELECT FROM cursors s JOIN conversations c ON c.id = s.conversation_id WHERE c.id = $1 AND s.seq = c.last_seq',
      [chat],
    );
    return rows.length === count;
  };
  await until(isTold, 'all cursors are at the end of the log', 30_000);
}

describe('how long the relay keeps messages', () => {
  it('is said for everybody in a conversation, each of whom hears by whom', async () => {
    const { ada, grace, chat } = await talking();
    expect((await grace.sealpost.conversations.get(chat)).retention).toEqual(KEPT);
    const heard: SdkEvent[] = [];
    grace.sealpost.listen((event) => {
      if (event.kind === 'retention') heard.push(event);
    });
    const retention = { expireAfterSeconds: WEEK, afterDelivery: true };
    await ada.sealpost.conversations.setRetention(chat, retention);
    expect((await ada.sealpost.conversations.get(chat)).retention).toEqual(retention);
    await knows(grace, chat, retention);
    expect(heard).toEqual([{ kind: 'retention', conversationId: chat, retention, by: ada.username }]);
    expect(await grace.sealpost.conversations.retention(chat)).toEqual({
      ...retention,
      maximumSeconds: null,
      deliveredEverywhere: false,
      deliveredKeptSeconds: 86_400,
    });
    await grace.sealpost.conversations.setRetention(chat, KEPT);
    await knows(ada, chat, KEPT);
    await ada.sealpost.messages.send(chat, 'and so we go on');
    await grace.reads(chat, 'and so we go on');
    expect([...ada.failures, ...grace.failures]).toEqual([]);
  });

  it('is known to who comes into a group later, and for its owner and admins to say', async () => {
    const [ada, grace, alan] = await apps.everyone('ada', 'grace', 'alan');
    const { id: chat } = await ada.sealpost.conversations.group([grace.username], { title: 'Tea' });
    await grace.ready(chat);
    const retention = { expireAfterSeconds: WEEK, afterDelivery: false };
    await expect(grace.sealpost.conversations.setRetention(chat, retention)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await ada.sealpost.conversations.setRetention(chat, retention);
    await ada.sealpost.conversations.add(chat, [alan.username]);
    await alan.ready(chat);
    await knows(alan, chat, retention);
    expect((await alan.sealpost.conversations.get(chat)).trouble).toBeNull();
  });

  it('is refused for too short a time, for a conversation that is not here, and for who has left', async () => {
    const { ada, grace, chat } = await talking();
    const brief = { expireAfterSeconds: 59, afterDelivery: false };
    await expect(ada.sealpost.conversations.setRetention(chat, brief)).rejects.toMatchObject({
      code: 'invalid_request',
    });
    await expect(ada.sealpost.conversations.setRetention('none', KEPT)).rejects.toMatchObject({
      code: 'unknown_conversation',
    });
    await grace.sealpost.conversations.leave(chat);
    await expect(grace.sealpost.conversations.retention(chat)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('what the relay has deleted', () => {
  it('once all devices had it, they keep, and one that is added later sees that something was there', async () => {
    const { ada, grace, chat } = await talking();
    await ada.sealpost.conversations.setRetention(chat, { expireAfterSeconds: null, afterDelivery: true });
    await ada.sealpost.messages.send(chat, 'for those who are here');
    await grace.reads(chat, 'for those who are here');
    await stored(chat, [ada, grace]);
    relay.clock.advance(25 * HOUR_MS);
    await sweep(relay);
    for (const app of [ada, grace]) expect(await app.texts(chat)).toContain('for those who are here');
    const tablet = await apps.signedIn(grace);
    await tablet.ready(chat);
    const gaps = (await tablet.messages(chat)).filter(({ unreadable }) => unreadable === 'delivered');
    expect(gaps).toMatchObject([{ id: null, content: null, senderAccountId: null }]);
    await ada.sealpost.messages.send(chat, 'and for those who are now');
    await tablet.reads(chat, 'and for those who are now');
    expect((await tablet.sealpost.conversations.get(chat)).trouble).toBeNull();
  });

  it('because its time was over shows as a gap to a device that was away', async () => {
    const { ada, grace, chat } = await talking();
    await ada.sealpost.conversations.setRetention(chat, { expireAfterSeconds: 3_600, afterDelivery: false });
    await knows(grace, chat, { expireAfterSeconds: 3_600, afterDelivery: false });
    await grace.stop();
    await ada.sealpost.messages.send(chat, 'while you were away');
    await ada.sealpost.settled();
    relay.clock.advance(2 * HOUR_MS);
    await sweep(relay);
    const back = await apps.restarted(grace);
    expect((await back.messages(chat)).at(-1)).toMatchObject({ content: null, unreadable: 'expired' });
    expect((await ada.texts(chat)).at(-1)).toBe('while you were away');
    await ada.sealpost.messages.send(chat, 'now that you are back');
    await back.reads(chat, 'now that you are back');
  });

  it('waits for no device that is connected all day: it says by itself how far it has come', async () => {
    const [ada, grace] = [await apps.registered('ada', { pollMs: 10 }), await apps.registered('grace', { pollMs: 10 })];
    const { id: chat } = await ada.sealpost.conversations.direct(grace.username);
    await grace.ready(chat);
    await ada.sealpost.messages.send(chat, 'pushed');
    await grace.reads(chat, 'pushed');
    await told(chat, 2);
  });
});
