import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { inReleaseGate, naughtyStrings, recordEvidence, scaled, Seeded, until } from '#testing';
import { shownName } from '../../apps/web/src/files/shown-as.js';
import { describeInChromium } from '../browser/chromium.js';
import { Probe } from '../browser/probe.js';
import { type Person, WebApp } from '../browser/web-app.js';
import { XSS_PAYLOADS } from '../browser/xss-payloads.js';

/** Whatever people write into the app, it stays text: Grace sends it, and Ada's browser shows it. */

const PASSWORD = 'correct horse battery staple';
/** Half a surrogate pair is no text that could be sent. */
const asSent = (text: string): string => Buffer.from(text).toString();
const NAUGHTY = naughtyStrings().map(asSent);
const SAMPLE = scaled({
  ci: { naughty: 4, payloads: 6, devices: 10 },
  gate: { naughty: 515, payloads: 1_000, devices: 60 },
});
/** Words that stand in payloads and naughty strings. */
const WORDS = ['xss', 'script', 'onerror', 'javascript'];
/** What a name may be made of. */
const LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]{1,128}$/u;

if (inReleaseGate) jest.setTimeout(30 * 60_000);

describeInChromium('what people can write into the web app (C-62)', () => {
  const random = Seeded.announced('web-app-xss');
  /** Of both kinds, another few each time; all of them before a release. */
  const some = (all: readonly string[], count: number): readonly string[] =>
    count >= all.length ? all : Array.from({ length: count }, () => random.pick(all));
  const texts = [...some(NAUGHTY, SAMPLE.naughty), ...some(XSS_PAYLOADS, SAMPLE.payloads)];
  let app: WebApp;
  let ada: Person;
  let trap: Probe;
  let grace: Sealpost;
  let chat: string;

  beforeAll(async () => {
    // A device is renamed more often than anybody would.
    app = await WebApp.start({ LIMITS: 'devices=10000/1' });
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    ada = await app.newPerson('ada.lovelace');
    trap = await Probe.put(ada.page);
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    ({ id: chat } = await grace.conversations.group([ada.username], { title: 'Tea' }));
    await ada.openChat('Tea');
  }, 60_000);
  afterEach(async () => {
    expect(await trap.sprung()).toEqual([]);
    expect(await trap.run('strangers')).toEqual([]);
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  const shown = async (selector: string, text: string): Promise<boolean> =>
    (await ada.page.locator(selector).allTextContents()).some((content) => content.includes(text));
  const untilShown = (selector: string, text: string): Promise<boolean> =>
    until(() => shown(selector, text), `${selector} has ${JSON.stringify(text)}`, 20_000);

  it('are 100 payloads and more, and the 515 naughty strings where they are at hand', () => {
    expect(new Set(XSS_PAYLOADS).size).toBeGreaterThanOrEqual(100);
    if (NAUGHTY.length === 0) process.stderr.write('The naughty strings are not at hand: only our own are tried.\n');
    else expect(NAUGHTY).toHaveLength(515);
    if (inReleaseGate) recordEvidence('C-62', { naughty: NAUGHTY.length, payloads: XSS_PAYLOADS.length, fields: 8 });
  });

  it('is shown as text in messages, and in the replies to them', async () => {
    let before: string | undefined;
    for (const text of texts.filter((one) => one !== '')) {
      before = await grace.messages.send(chat, text, before === undefined ? {} : { replyTo: before });
      await untilShown('.bubble .text', text);
    }
  });

  it('is shown as text in the name of a group, in the list and in what tells of it', async () => {
    for (const title of texts.filter((one) => LINE.test(one) && one.trim() !== '')) {
      await grace.conversations.rename(chat, title);
      await untilShown('.pane-head, .chat-head, header', title);
      await untilShown('.note', title);
    }
    await grace.conversations.rename(chat, 'Tea');
    await untilShown('header', 'Tea');
  });

  it('is shown as text in the names of files', async () => {
    const file = { attachmentId: crypto.randomUUID(), mediaType: 'text/html', bytes: 1 };
    const secrets = { key: 'A'.repeat(43), sha256: 'A'.repeat(43) };
    for (const name of texts.filter((one) => LINE.test(one))) {
      await grace.messages.post(chat, { kind: 'attachment', ...file, ...secrets, name });
      await untilShown('.bubble .file-name', shownName(name));
    }
  });

  it('is searched for as text, whether it is found or not', async () => {
    const search = ada.page.getByLabel('Search chats and messages');
    for (const [index, text] of texts.entries()) {
      await search.fill(text);
      await search.fill(`${text} nowhere${String(index)}`);
      await untilShown('.sidebar', `nowhere${String(index)}`);
    }
    await grace.messages.send(chat, `<img src=x onerror=xss()> ${WORDS.join(' ')}`);
    for (const word of WORDS) {
      await search.fill(word);
      await untilShown('.sidebar .list-heading ~ ul', word);
    }
    await ada.press('Clear search');
  });

  it('is a place in the app that leads nowhere', async () => {
    for (const text of texts) await ada.visit(`/chats/${encodeURIComponent(text)}`);
    await ada.sees('This chat is not on this device');
    await ada.openChat('Tea');
  });

  it('is no username, and is not written into the answer that says so', async () => {
    await ada.page.getByRole('button', { name: 'New chat' }).click();
    for (const text of texts) {
      await ada.fill('Username', text);
      await ada.page.keyboard.press('Enter');
    }
    await ada.press('Close');
  });

  it('is the name of a device, where those are listed', async () => {
    const names = texts.filter((one) => LINE.test(one) && one.trim() === one && one.length <= 64);
    await ada.openDevices();
    for (const name of names.slice(0, SAMPLE.devices)) {
      await ada.page.getByRole('button', { name: /^Options for/ }).click();
      await ada.page.getByRole('menuitem', { name: 'Rename' }).click();
      await ada.fill('Name of the device', name);
      await ada.press('Rename');
      await untilShown('.device .person-name', name);
    }
  });
});

describeInChromium('the trap for scripts', () => {
  let app: WebApp;
  beforeAll(async () => {
    app = await WebApp.start();
  });
  afterAll(() => app.stop());

  it('goes off in a page without a policy that puts text into itself as markup', async () => {
    const { page } = await app.newPerson('nobody');
    await page.route('**/sink', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Sink</title><body></body>' }),
    );
    await page.goto(`${app.relay.url}/sink`);
    const trap = await Probe.put(page);
    expect(await trap.run('putMarkup', '<img src=x onerror=xss()>')).toBe('put');
    await until(async () => (await trap.sprung()).includes('script xss'), 'the trap has gone off');
    await trap.run('putMarkup', '<iframe srcdoc="x"></iframe><a href="javascript:xss()">x</a>');
    expect(await trap.run('strangers')).toHaveLength(2);
  });

  it('goes off in the app itself, whose policy refuses it', async () => {
    const { page } = await app.newPerson('nobody');
    const trap = await Probe.put(page);
    expect(await trap.run('putMarkup', '<img src=x onerror=xss()>')).toBe('TypeError');
    await until(async () => (await trap.sprung()).some((one) => one.startsWith('policy ')), 'the trap has gone off');
    expect(await page.locator('img[src=x]').count()).toBe(0);
  });
});
