import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';
import { reportsCommand } from './reporting.js';

interface Measured {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

interface MeasuredPage {
  readonly documentElement: Measured;
  querySelector(selector: string): Measured | null;
}

/** Telling the operator of somebody, in the web app: Ada has a browser, Mallory another client. */

describeInChromium('reporting somebody in the web app', () => {
  let app: WebApp;
  let ada: Person;
  let mallory: Sealpost;
  let id: string;

  const dialog = () => ada.page.getByRole('dialog');
  const box = (name: string) => dialog().getByRole('checkbox', { name });
  /** All that the operator can see, newest first. */
  const onDesk = async () => {
    const { out } = await reportsCommand(app.relay, 'list');
    const ids = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id);
    const shown = await Promise.all(ids.map((one) => reportsCommand(app.relay, 'show', one)));
    return shown
      .reverse()
      .map((one) => JSON.parse(one.out) as { words: string | null; reason: string; messages: object[] });
  };
  const send = async (reason: string): Promise<void> => {
    await dialog().getByLabel('Reason').selectOption({ label: reason });
    await dialog().getByRole('button', { name: 'Send report' }).click();
    await ada.sees('Thank you. Your report was filed.');
  };
  const done = async (): Promise<void> => {
    await dialog().getByRole('button', { name: 'Done' }).click();
    await dialog().waitFor({ state: 'detached' });
  };
  /** Nothing is cut off at the width of a small phone. */
  const fits = async (): Promise<boolean> => {
    await ada.page.setViewportSize({ width: 360, height: 740 });
    const isWide = await ada.page.evaluate(() => {
      const { document } = globalThis as unknown as { document: MeasuredPage };
      const { scrollWidth, clientWidth } = document.documentElement;
      const popup = document.querySelector('[role=dialog]');
      return scrollWidth > clientWidth || (popup !== null && popup.scrollWidth > popup.clientWidth);
    });
    return !isWide;
  };

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    mallory = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await Promise.all([ada.register(), mallory.register({ username: 'mallory', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    await ada.page.getByRole('button', { name: 'Menu' }).waitFor();
    ({ id } = await mallory.conversations.direct(ada.username));
    await mallory.messages.send(id, 'Good morning');
    await mallory.messages.send(id, 'I know where you live');
  }, 60_000);
  afterEach(async () => {
    await ada.page.setViewportSize({ width: 1280, height: 800 });
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await mallory.close();
    await app.stop();
  });

  it('from a message attaches that message, and says who can read it', async () => {
    await ada.openChat('mallory');
    await ada.reads('I know where you live');
    await ada.chooseOf('I know where you live', 'Report …');
    await dialog().getByText('can be read by the operators of this server').waitFor();
    expect(await box('I know where you live').isChecked()).toBe(true);
    expect(await box('Good morning').isChecked()).toBe(false);
    expect(await box('Block mallory as well').isChecked()).toBe(false);
    expect(await ada.obstacles()).toEqual([]);
    expect(await fits()).toBe(true);
    expect(await ada.obstacles()).toEqual([]);
    await dialog().getByLabel('In your words (optional)').fill('He means it.');
    await send('Threats');
    await ada.sees('1 message was verified: the server knows that mallory wrote it.');
    expect(await ada.obstacles()).toEqual([]);
    await done();
    expect(await onDesk()).toMatchObject([
      {
        ...{ reason: 'threats', words: 'He means it.' },
        messages: [{ verdict: 'verified', content: '{"v":1,"kind":"text","text":"I know where you live"}' }],
      },
    ]);
  });

  it('from the details of a chat attaches nothing unless it is chosen', async () => {
    await ada.visit(`/chats/${id}/people`);
    await ada.press('Report mallory …');
    await box('Good morning').waitFor();
    expect(await dialog().getByRole('checkbox', { checked: true }).count()).toBe(0);
    await send('Spam or fraud');
    expect(await ada.page.getByText('verified').count()).toBe(0);
    await done();
    expect((await onDesk())[0]).toMatchObject({ reason: 'spam', words: null, messages: [] });
    await ada.press('Report mallory …');
    await box('Good morning').click();
    await send('Harassment');
    await done();
    expect((await onDesk())[0]!.messages).toHaveLength(1);
  });

  it('by the keyboard alone can be begun, and left', async () => {
    await ada.tabTo('Report mallory …');
    await ada.page.keyboard.press('Enter');
    await until(
      async () => (await ada.page.locator('select:focus').count()) === 1,
      'the first question has the focus',
      5_000,
    );
    await ada.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  it('can be seen in the settings, with what became of it', async () => {
    const { out } = await reportsCommand(app.relay, 'list');
    const { id: reportId } = JSON.parse(out.split('\n')[0]!) as { id: string };
    await reportsCommand(app.relay, 'resolve', reportId);
    await ada.visit('/settings/contacts');
    const own = ada.page.getByRole('list', { name: 'Your reports' });
    await own.getByText('Threats · Dealt with').waitFor();
    expect(await own.getByText('· Open').count()).toBe(2);
    expect(await ada.obstacles()).toEqual([]);
    expect(await fits()).toBe(true);
  });

  it('of a contact can block them at once', async () => {
    await ada.fill('Username', 'mallory');
    await ada.press('Add contact');
    await ada.page.getByRole('button', { name: 'Report mallory …' }).waitFor();
    expect(await fits()).toBe(true);
    await ada.press('Report mallory …');
    await dialog().getByLabel('Reason').waitFor();
    expect(await dialog().getByRole('group', { name: 'Messages to attach' }).count()).toBe(0);
    await box('Block mallory as well').click();
    await send('Something else');
    await done();
    await ada.page.getByRole('list', { name: 'Blocked' }).getByText('mallory').waitFor();
  });

  it('of whoever only asks to write needs nothing of theirs', async () => {
    const stranger = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await stranger.register({ username: 'eve', password: PASSWORD });
    await ada.page.getByRole('combobox', { name: 'Who may write to you' }).selectOption({ label: 'Only contacts' });
    await until(
      async () => (await app.relay.query(`SELECT 1 FROM accounts WHERE privacy = 'contacts'`)).length === 1,
      'the relay knows it',
      10_000,
    );
    await stranger.conversations.direct(ada.username);
    await ada.openChat('eve');
    await ada.sees('eve wants to write to you.');
    expect(await fits()).toBe(true);
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Report eve …');
    await send('Pretends to be somebody else');
    await done();
    expect((await onDesk())[0]).toMatchObject({ reason: 'impersonation', reported: 'eve', messages: [] });
    await stranger.close();
  });
});
