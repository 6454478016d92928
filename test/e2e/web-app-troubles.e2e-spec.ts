import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { type Person, WebApp } from '../browser/web-app.js';

/** The web app where not everything is as it should be: no relay, a relay that refuses, a second tab, no mouse, long ago. */

const PASSWORD = 'correct horse battery staple';
/** More than the app reads at first. */
const MANY = 80;

describeInChromium('the web app', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let chat: string;

  beforeAll(async () => {
    app = await WebApp.start();
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    ada = await app.newPerson('ada.lovelace');
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    ({ id: chat } = await grace.conversations.direct(ada.username));
    await grace.messages.send(chat, 'In the beginning there was a needle');
    for (let n = 1; n <= MANY; n++) await grace.messages.send(chat, `straw ${String(n)}`);
    await grace.settled();
    await ada.openChat('grace');
    await ada.reads(`straw ${String(MANY)}`);
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints().filter((line) => !isOfTheNetwork(line))).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('keeps what the relay refuses, and sends it when its writer says so', async () => {
    const refusal = { type: 'about:blank', title: 'No', status: 403, code: 'forbidden' };
    const messages = '**/v1/conversations/*/messages';
    await ada.page.context().route(messages, (route) => route.fulfill({ status: 403, json: refusal }));
    await ada.write('once more');
    await ada.sees('Not sent');
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.context().unroute(messages);
    await ada.press('Try again');
    await ada.page.getByText('Not sent').waitFor({ state: 'detached' });
    await ada.reads('once more');
  });

  it('says so while the relay is away, and sends what was written meanwhile once it is back', async () => {
    await app.relay.whileAway(async () => {
      await ada.sees('No connection. Messages you write are sent when it is back.');
      await ada.write('are you there?');
      await ada.page.getByRole('img', { name: 'Sending' }).waitFor();
    });
    await ada.reads('are you there?');
    await ada.page.getByText('No connection').first().waitFor({ state: 'hidden' });
  });

  it('finds a message by words in it, and shows it where it stands', async () => {
    await ada.fill('Search chats and messages', 'needle beginning');
    await ada.page.getByRole('link', { name: /In the beginning there was a needle/ }).click();
    await ada.page.locator('.line-found').getByText('In the beginning there was a needle').waitFor();
    await ada.press('To the newest message');
    await ada.reads('are you there?');
    await ada.press('Clear search');
  });

  it('shows a message that was found as often as it is chosen', async () => {
    const found = ada.page.getByRole('link', { name: /In the beginning there was a needle/ });
    const needle = ada.page.getByRole('log').getByText('In the beginning there was a needle');
    await ada.fill('Search chats and messages', 'needle beginning');
    await found.click();
    await needle.waitFor();
    await ada.press('To the newest message');
    await needle.waitFor({ state: 'detached' });
    await found.click();
    await needle.waitFor();
    await until(async () => !(await ada.isShownWhereFound()), 'what shows it is over', 20_000);
    await found.click();
    await until(() => ada.isShownWhereFound(), 'it is shown once more where it stands', 20_000);
    await ada.press('To the newest message');
    await ada.press('Clear search');
  });

  it('needs no mouse', async () => {
    const { keyboard } = ada.page;
    await ada.line('are you there?').getByRole('button', { name: 'Message options' }).focus();
    await keyboard.press('Enter');
    await ada.page.getByRole('menuitemcheckbox', { name: 'React with 👍' }).waitFor();
    await keyboard.press('Enter');
    await ada.page.getByRole('button', { name: '👍 from You' }).waitFor();
    await ada.tabTo('Write a message');
    await keyboard.type('without a mouse');
    await keyboard.press('Enter');
    await ada.reads('without a mouse');
    await ada.page.getByLabel('Search chats and messages').focus();
    await ada.tabTo('Write a message');
  });

  it('runs in one tab, and in the one where its user says so', async () => {
    const tab = await app.newTab(ada);
    await tab.sees('Sealpost is open in another tab');
    expect(await tab.obstacles()).toEqual([]);
    await tab.press('Use it here');
    await ada.sees('Sealpost is open in another tab');
    await tab.unlock();
    await tab.openChat('grace');
    await tab.reads('without a mouse');
    await tab.write('from the other tab');
    await tab.reads('from the other tab');
  });
});

/** A relay that is away, or refuses, is what some of these are about: the browser takes both for errors. */
function isOfTheNetwork(complaint: string): boolean {
  return /ERR_CONNECTION_REFUSED|WebSocket connection|status of 403/.test(complaint);
}
