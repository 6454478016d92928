import './cheap-argon2.js';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { WorkerProbe } from '../browser/probe.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';
import { Witness } from './sdk-witness.js';

/** A browser whose storage fails. The witness has another client, and sees which key of a ratchet each message has taken. */

describeInChromium('the web app on a browser that cannot store (R-22)', () => {
  let app: WebApp;
  let ada: Person;
  let witness: Witness;
  let chat: string;

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    await Promise.all([ada.register(), Witness.register(app.relay.url, 'witness').then((one) => (witness = one))]);
    await ada.keepRecoveryCode();
    ({ id: chat } = await witness.session.conversations.group([ada.username], { title: 'Tea' }));
    await ada.openChat('Tea');
    await ada.write('all is well');
    await ada.reads('all is well');
  }, 60_000);
  afterEach(async () => {
    expect(app.takeComplaints()).toEqual([]);
    await demandKeysOfTheirOwn();
  });
  afterAll(async () => {
    await witness.session.stop();
    await app.stop();
  });

  /** No two ciphertexts of all that was ever sent have the same key. */
  async function demandKeysOfTheirOwn(): Promise<void> {
    const stored = await app.relay.query<{ body: Buffer }>(
      'SELECT body FROM entries WHERE conversation_id = $1 AND kind = 0',
      [chat],
    );
    await witness.session.settled();
    const keys = await Promise.all(stored.map(({ body }) => witness.keyOf(body)));
    expect(keys).toEqual([...new Set(keys)]);
  }

  const texts = async (): Promise<string[]> => (await witness.history(chat)).map(({ text }) => text);
  const reads = (text: string): Promise<boolean> =>
    until(
      async () => (await texts()).filter((one) => one === text).length === 1,
      `the witness reads “${text}” once`,
      20_000,
    );
  it('keeps what was written and says why, when there is no room; what others write comes once there is', async () => {
    const worker = await WorkerProbe.put(ada.page.workers()[0]!);
    await worker.run('fillUp');
    await ada.write('no room for this');
    await ada.sees('There is no room left on this device.');
    expect(await ada.page.getByLabel('Write a message').inputValue()).toBe('no room for this');
    await witness.session.messages.send(chat, 'can you hear me?');
    await ada.sees(/New messages wait on the server until there is/);
    expect(await ada.obstacles()).toEqual([]);
    expect(await texts()).not.toContain('no room for this');
    await worker.run('mendPut');
    await ada.page.locator('.sidebar').getByRole('button', { name: 'Try again' }).click();
    await ada.reads('can you hear me?');
    await ada.page.getByText(/New messages wait on the server/).waitFor({ state: 'detached' });
    await ada.write('no room for this');
    await ada.reads('no room for this');
    await reads('no room for this');
  });

  it('sends a message once, whichever of its writes is broken off', async () => {
    const worker = await WorkerProbe.put(ada.page.workers()[0]!);
    for (const nth of [1, 2, 3]) {
      await worker.run('breakPut', nth);
      const text = `broken off at ${String(nth)}`;
      await ada.write(text);
      const refused = ada.page.getByRole('alert').first();
      const isOver = async (): Promise<boolean> => (await refused.count()) > 0 || (await texts()).includes(text);
      await until(isOver, 'it has gone wrong, or well', 20_000);
      await worker.run('mendPut');
      const left = await ada.page.getByLabel('Write a message').inputValue();
      if (left !== '') await ada.page.keyboard.press('Enter');
      const again = ada.page.locator('.sidebar').getByRole('button', { name: 'Try again' });
      if ((await again.count()) > 0) await again.click();
      await reads(text);
      await ada.reads(text);
    }
  });

  it('goes on in the tab that takes over in the middle of sending', async () => {
    for (const text of ['one', 'two', 'three']) await ada.write(`from the first tab: ${text}`);
    const tab = await app.newTab(ada);
    await tab.press('Use it here');
    await ada.sees('Sealpost is open in another tab');
    await tab.unlock();
    await tab.openChat('Tea');
    await tab.write('from the second tab');
    await tab.reads('from the second tab');
    for (const text of ['one', 'two', 'three']) await reads(`from the first tab: ${text}`);
    await reads('from the second tab');
    await ada.page.close();
    ada = tab;
  });

  it('says so when the browser has deleted all of it, and becomes a new device', async () => {
    const { origin } = new URL(app.relay.url);
    const session = await ada.page.context().newCDPSession(ada.page);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    await ada.page.getByRole('heading', { name: 'This browser has lost what was stored' }).waitFor();
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Sign in again');
    await signInAgain();
    await ada.openChat('witness');
    await ada.write('as a new device');
    await reads('as a new device');
    await witness.session.messages.send(chat, 'there you are');
    await ada.reads('there you are');
  });

  it('says so, too, when that has happened while it was closed', async () => {
    const { origin } = new URL(app.relay.url);
    const context = ada.page.context();
    const elsewhere = await context.newPage();
    await ada.page.close();
    const session = await context.newCDPSession(elsewhere);
    await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
    await elsewhere.close();
    ada = await app.newTab(ada);
    await ada.page.getByRole('heading', { name: 'This browser has lost what was stored' }).waitFor();
    await ada.press('Use a recovery code');
    await ada.page.getByLabel('Recovery code').waitFor();
    await ada.page.getByRole('link', { name: 'I have an account' }).click();
    await signInAgain();
    await ada.openChat('witness');
    await ada.write('once more a new device');
    await reads('once more a new device');
    await witness.session.messages.send(chat, 'and again');
    await ada.reads('and again');
  });

  async function signInAgain(): Promise<void> {
    await ada.fill('Username', ada.username);
    await ada.fill('Password', PASSWORD);
    await ada.press('Sign in');
  }
});
