import './cheap-argon2.js';
import { type MessageRecord } from '#sdk';
import { TestRelay, until } from '#testing';
import { type SdkApp, SdkApps } from './sdk-apps.js';
import { type Meddler, PASSWORD, SdkDevice } from './sdk-devices.js';

const relay = TestRelay.duringTests();
const apps = SdkApps.throughout(relay);
/** Ada has two devices, and so has Alan, who keeps to himself what he has read. */
let [ada, laptop, grace, alan, tablet]: SdkApp[] = [];
let chat: string;
let tea: string;

beforeAll(async () => {
  [ada, grace, alan] = [
    await apps.registered('ada'),
    await apps.registered('grace'),
    await apps.registered('alan', { readReceipts: false }),
  ];
  laptop = await apps.signedIn(ada);
  tablet = await apps.signedIn(alan, { readReceipts: false });
  chat = (await ada.sealpost.conversations.direct(grace.username)).id;
  tea = (await ada.sealpost.conversations.group([grace.username, alan.username])).id;
  for (const device of [ada, laptop, grace]) await device.ready(chat);
  for (const device of [ada, laptop, grace, alan, tablet]) await device.ready(tea);
}, 60_000);

/** Sends a text. @returns it as it stands on the devices of some people. */
async function sent(
  by: SdkApp,
  conversationId: string,
  text: string,
  readers: readonly SdkApp[],
): Promise<MessageRecord> {
  const id = await by.sealpost.messages.send(conversationId, text);
  for (const reader of [by, ...readers]) await reader.reads(conversationId, text);
  return (await by.sealpost.messages.get(conversationId, id))!;
}

const receiptsOf = async (
  { sealpost }: SdkApp,
  id: string,
  message: MessageRecord,
): Promise<Record<string, string>> => {
  const receipts = await sealpost.messages.receipts(id, message.id!);
  const state = (isDelivered: boolean, isRead: boolean): string =>
    isRead ? 'read' : isDelivered ? 'delivered' : 'sent';
  return Object.fromEntries(
    receipts.map(({ username, isDelivered, isRead }) => [username, state(isDelivered, isRead)]),
  );
};

async function unread({ sealpost }: SdkApp, id: string): Promise<number> {
  return (await sealpost.conversations.get(id)).unread;
}

describe('what people do with a message', () => {
  it('they react, and the last reaction of each stands under the message, on every device', async () => {
    const [everybody, message] = [
      [ada!, laptop!, grace!, alan!],
      await sent(ada!, tea, 'Cake?', [laptop!, grace!, alan!]),
    ];
    await grace!.sealpost.messages.react(tea, message.id!, '🤔');
    await grace!.sealpost.messages.react(tea, message.id!, '🎂');
    await alan!.sealpost.messages.react(tea, message.id!, '👎');
    await alan!.sealpost.messages.react(tea, message.id!, null);
    await ada!.sealpost.messages.react(tea, message.id!, '👍');
    const accountIds = [grace!, ada!].map(({ sealpost }) => sealpost.self.accountId).sort();
    for (const { sealpost } of everybody) {
      const reactions = async (): Promise<MessageRecord[]> =>
        (await sealpost.messages.history(tea, { signals: true })).filter(({ content }) => content?.kind === 'reaction');
      await until(async () => (await reactions()).length === 5, 'all reactions are there', 20_000);
      const [newest] = await sealpost.messages.history(tea, { limit: 1 });
      expect(newest?.reactions?.map(({ emoji }) => emoji).sort()).toEqual(['🎂', '👍']);
      expect(newest?.reactions?.map(({ accountId }) => accountId).sort()).toEqual(accountIds);
    }
  });

  it('they reply, and a reply names what it quotes', async () => {
    const question = await sent(ada!, tea, 'At four?', [grace!]);
    await grace!.sealpost.messages.send(tea, 'At five', { replyTo: question.id! });
    await alan!.reads(tea, 'At five');
    const [reply] = await alan!.sealpost.messages.history(tea, { limit: 1 });
    if (reply?.content?.kind !== 'text') throw new Error('it is no text');
    expect((await alan!.sealpost.messages.get(tea, reply.content.replyTo!))?.content).toEqual(question.content);
  });

  it('they take it back, and nothing of it is left on any device, unless it is not theirs', async () => {
    const secret = await sent(ada!, tea, 'the party is a surprise', [laptop!, grace!, alan!]);
    await alan!.sealpost.messages.react(tea, secret.id!, '🎉');
    const refused = grace!.sealpost.messages.delete(tea, secret.id!);
    await expect(refused).rejects.toMatchObject({ code: 'not_the_author' });
    // Somebody whose client asks all the same.
    await grace!.sealpost.messages.post(tea, { kind: 'deletion', of: secret.id! });
    await sent(grace!, tea, 'still there', [ada!, laptop!, alan!]);
    for (const device of [ada!, laptop!, grace!, alan!])
      expect((await device.sealpost.messages.get(tea, secret.id!))?.content).toEqual(secret.content);
    await laptop!.sealpost.messages.delete(tea, secret.id!);
    for (const { sealpost } of [ada!, laptop!, grace!, alan!]) {
      const taken = async () => (await sealpost.messages.get(tea, secret.id!))?.unreadable === 'deleted';
      await until(taken, 'it is taken back', 20_000);
      const { content, reactions } = (await sealpost.messages.get(tea, secret.id!))!;
      expect([content, reactions]).toEqual([null, undefined]);
      for await (const found of sealpost.messages.search('surprise')) throw new Error(`found at ${String(found.seq)}`);
    }
  });

  it('is not there: refused', async () => {
    const nothing = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d31';
    for (const attempt of [
      ada!.sealpost.messages.react(chat, nothing, '👍'),
      ada!.sealpost.messages.delete(chat, nothing),
      ada!.sealpost.messages.receipts(chat, nothing),
    ])
      await expect(attempt).rejects.toMatchObject({ code: 'unknown_message' });
  });
});

describe('a sender', () => {
  it('sees who has a message and who has read it, in a group and on each own device', async () => {
    const message = await sent(ada!, tea, 'Who reads this?', [laptop!, grace!, alan!]);
    const [g, a] = [grace!.username, alan!.username];
    const everywhere = async (expected: object): Promise<void> => {
      for (const device of [ada!, laptop!])
        await until(
          async () => JSON.stringify(await receiptsOf(device, tea, message)) === JSON.stringify(expected),
          `a device sees ${JSON.stringify(expected)}`,
          20_000,
        );
    };
    await everywhere({ [g]: 'delivered', [a]: 'delivered' });
    await grace!.sealpost.receipts.markRead(tea, message.seq);
    await alan!.sealpost.receipts.markRead(tea, message.seq);
    // Alan's app is told not to say so.
    await everywhere({ [g]: 'read', [a]: 'delivered' });
    expect(await unread(alan!, tea)).toBe(0);
    // His own other device knows all the same.
    const read = async (): Promise<number> => (await tablet!.sealpost.conversations.get(tea)).readUpTo;
    await until(async () => (await read()) >= message.seq, 'it is read on the other device', 20_000);
    const late = await apps.registered('late');
    await ada!.sealpost.conversations.add(tea, [late.username]);
    await late.ready(tea);
    const next = await sent(ada!, tea, 'Welcome', [late]);
    await until(async () => (await receiptsOf(ada!, tea, next))[late.username] === 'delivered', 'it came', 20_000);
    expect(await receiptsOf(ada!, tea, message)).not.toHaveProperty(late.username);
  });

  it('hears when somebody reads, and sees it again after a restart', async () => {
    const heard: string[] = [];
    const stop = ada!.sealpost.listen((event) => {
      if (event.kind === 'receipt' && event.conversationId === chat && event.read > 0) heard.push(event.accountId);
    });
    const message = await sent(ada!, chat, 'Read?', [grace!]);
    await grace!.sealpost.receipts.markRead(chat);
    await until(() => heard.length > 0, 'it is told', 20_000);
    stop();
    expect(heard).toContain(grace!.sealpost.self.accountId);
    ada = await apps.restarted(ada!);
    expect(await receiptsOf(ada, chat, message)).toEqual({ [grace!.username]: 'read' });
  });
});

describe('unread messages', () => {
  it('are counted on each device, and read on all when they are on one', async () => {
    for (const device of [ada!, laptop!]) await device.sealpost.receipts.markRead(chat);
    for (const text of ['one', 'two', 'three']) await sent(grace!, chat, text, [ada!, laptop!]);
    expect([await unread(ada!, chat), await unread(laptop!, chat), await unread(grace!, chat)]).toEqual([3, 3, 0]);
    const [, two] = await ada!.sealpost.messages.history(chat);
    await ada!.sealpost.receipts.markRead(chat, two!.seq);
    expect(await unread(ada!, chat)).toBe(1);
    await until(async () => (await unread(laptop!, chat)) === 1, 'the other device hears of it', 20_000);
    const [three] = await grace!.sealpost.messages.history(chat);
    await grace!.sealpost.messages.delete(chat, three!.id!);
    for (const device of [ada!, laptop!])
      await until(async () => (await unread(device, chat)) === 0, 'what was taken back is not unread', 20_000);
  });

  it('come once to each device, whatever the others acknowledge (R-21)', async () => {
    await laptop!.stop();
    const texts = ['first', 'second', 'third'];
    for (const text of texts) await sent(grace!, chat, text, [ada!]);
    await ada!.sealpost.receipts.markRead(chat);
    await ada!.sealpost.settled();
    const back = await apps.reopened(laptop!);
    const heard: string[] = [];
    back.sealpost.listen((event) => {
      if (event.kind === 'message' && event.message.content?.kind === 'text') heard.push(event.message.content.text);
    });
    await back.sealpost.unlock(PASSWORD);
    await grace!.sealpost.messages.send(chat, 'fourth');
    await back.reads(chat, 'fourth');
    expect(heard).toEqual([...texts, 'fourth']);
    expect((await back.texts(chat)).slice(-4)).toEqual(heard);
    laptop = back;
  });

  it('come to who asks for what comes, though the relay says that they were read', async () => {
    await ada!.sealpost.receipts.markRead(chat);
    const unseen = await sent(grace!, chat, 'not seen here', [ada!, laptop!]);
    // Nobody but the relay tells of it.
    await laptop!.sealpost.receipts.markRead(chat);
    await until(async () => (await unread(ada!, chat)) === 0, 'the relay says that it was read', 20_000);
    expect(await ada!.sealpost.messages.next({ conversationId: chat })).toMatchObject({ seq: unseen.seq });
  });

  it('come first to who asks for what comes, and once', async () => {
    await ada!.sealpost.receipts.markRead(chat);
    await sent(grace!, chat, 'before', [ada!]);
    const done = new AbortController();
    const texts: unknown[] = [];
    const reading = (async () => {
      for await (const { content, conversationId } of ada!.sealpost.messages.incoming({ signal: done.signal }))
        if (conversationId === chat && content?.kind === 'text' && texts.push(content.text) === 3) done.abort();
    })();
    await grace!.sealpost.messages.send(chat, 'while');
    await ada!.sealpost.messages.send(chat, 'one’s own');
    await grace!.sealpost.messages.send(chat, 'after');
    await reading;
    expect(texts).toEqual(['before', 'while', 'after']);
    const isWanted = ({ seq }: MessageRecord): boolean => seq > 1_000_000;
    const waiting = ada!.sealpost.messages.next({ isWanted, signal: AbortSignal.timeout(100) });
    await expect(waiting).rejects.toMatchObject({ name: 'TimeoutError' });
    const tapping = new Promise((tell) => grace!.sealpost.listen((event) => event.kind === 'typing' && tell(event)));
    await ada!.sealpost.conversations.typing(chat, true);
    expect(await tapping).toMatchObject({
      conversationId: chat,
      accountId: ada!.sealpost.self.accountId,
      active: true,
    });
    const forEver = ada!.sealpost.messages.next({ isWanted });
    const isLocked = expect(forEver).rejects.toMatchObject({ code: 'locked' });
    await ada!.stop();
    await isLocked;
    ada = await apps.restarted(ada!);
  });
});

describe('what waits for the relay', () => {
  it('ends when its signal does, and can be begun again', async () => {
    const app = await apps.on(new SdkDevice(relay, grace!.username));
    const credentials = { username: app.username, password: PASSWORD };
    const silent: Meddler = ({ signal }) =>
      new Promise((_answer, reject) => signal.addEventListener('abort', () => reject(new TypeError('aborted'))));
    for (const { device } of [app, grace!]) device.wire.meddler = silent;
    const signal = AbortSignal.timeout(50);
    for (const attempt of [
      app.sealpost.signIn(credentials, { signal }),
      grace!.sealpost.conversations.direct(alan!.username, { signal }),
    ])
      await expect(attempt).rejects.toMatchObject({ name: 'TimeoutError' });
    for (const { device } of [app, grace!]) device.wire.mend();
    await app.sealpost.signIn(credentials);
    expect(app.sealpost.self.accountId).toBe(grace!.sealpost.self.accountId);
  });
});

describe('all of them', () => {
  it('had nothing that failed', () => {
    expect([ada!, laptop!, grace!, alan!, tablet!].flatMap(({ failures }) => failures)).toEqual([]);
  });
});
