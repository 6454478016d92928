import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';

/** The account and its settings, and how it is used by keys: Ada has a browser, Grace another client. */

const NEXT_PASSWORD = 'seven quiet lanterns by the harbour';

interface Recorded {
  readonly title: string;
  readonly body: string;
  isClosed: boolean;
}

/** Instead of the system's, which no test can look at. */
function recordNotifications(): void {
  const shown: Recorded[] = [];
  class RecordedNotification extends EventTarget {
    static permission = 'default';
    static asked = 0;
    static readonly shown = shown;
    static readonly all: RecordedNotification[] = [];
    private readonly entry: Recorded;

    constructor(title: string, { body = '' }: { readonly body?: string }) {
      super();
      this.entry = { title, body, isClosed: false };
      shown.push(this.entry);
      RecordedNotification.all.push(this);
    }

    static requestPermission(): Promise<string> {
      RecordedNotification.asked++;
      RecordedNotification.permission = 'granted';
      return Promise.resolve('granted');
    }

    close(): void {
      this.entry.isClosed = true;
    }
  }
  Object.assign(globalThis, { Notification: RecordedNotification });
}

interface Recorder {
  readonly Notification: { readonly shown: readonly Recorded[]; readonly all: readonly EventTarget[]; asked: number };
}

describeInChromium('the account in the web app', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let chat: string;

  const shown = (): Promise<readonly Recorded[]> =>
    ada.page.evaluate(() => (globalThis as unknown as Recorder).Notification.shown);
  const openSettings = async (): Promise<void> => {
    await ada.press('Menu');
    await ada.page.getByRole('menuitem', { name: 'Settings' }).click();
  };
  const isAt = (path: string): Promise<void> => ada.page.waitForURL((url) => url.pathname === path);

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    await ada.page.addInitScript(recordNotifications);
    await ada.page.reload();
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    ({ id: chat } = await grace.conversations.direct(ada.username));
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('tells of messages without their content, once its owner wants that, and not of the chat before their eyes', async () => {
    await openSettings();
    const choice = ada.page.getByLabel(/^Tell me of new messages/);
    expect(await ada.page.evaluate(() => (globalThis as unknown as Recorder).Notification.asked)).toBe(0);
    await choice.selectOption('That there is one');
    await grace.messages.send(chat, 'Good morning');
    await until(async () => (await shown()).length === 1, 'a notification', 20_000);
    await choice.selectOption('With name and text');
    await grace.messages.send(chat, 'Are you there?');
    await until(async () => (await shown()).length === 2, 'another one', 20_000);
    await ada.page.evaluate(() =>
      (globalThis as unknown as Recorder).Notification.all[1]?.dispatchEvent(new Event('click')),
    );
    await ada.reads('Are you there?');
    await grace.messages.send(chat, 'I see you are');
    await ada.reads('I see you are');
    expect(await shown()).toEqual([
      { title: 'Sealpost', body: 'New message', isClosed: true },
      { title: 'grace', body: 'Are you there?', isClosed: true },
    ]);
  });

  it('is used by keys alone, which a dialog lists', async () => {
    const { keyboard } = ada.page;
    await keyboard.press('Escape');
    await isAt('/');
    await keyboard.press('?');
    await ada.page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    expect(await ada.obstacles()).toEqual([]);
    await keyboard.press('Escape');
    await ada.page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('Alt+ArrowDown');
    await isAt(`/chats/${chat}`);
    await ada.page.getByLabel('Write a message').and(ada.page.locator(':focus')).waitFor();
    await keyboard.type('Sent without a mouse');
    await keyboard.press('Enter');
    await ada.reads('Sent without a mouse');
    await keyboard.press('Control+k');
    await ada.page.getByRole('searchbox').and(ada.page.locator(':focus')).waitFor();
    await keyboard.type('mouse');
    await ada.page.locator('mark', { hasText: 'mouse' }).waitFor();
    await keyboard.press('Escape');
    await ada.page.locator('mark').waitFor({ state: 'detached' });
    await isAt(`/chats/${chat}`);
    await keyboard.press('Alt+n');
    await ada.page.getByRole('dialog', { name: 'New chat' }).waitFor();
    await keyboard.press('Escape');
    await ada.page.getByRole('dialog').waitFor({ state: 'detached' });
    await keyboard.press('Escape');
    await isAt('/');
  });

  it('locks itself after the time that its owner has chosen, also when the computer slept', async () => {
    await openSettings();
    await ada.page.getByLabel(/^Lock by itself/).selectOption('After 5 minutes');
    await ada.page.evaluate(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 5 * 60_000;
      (globalThis as unknown as EventTarget).dispatchEvent(new Event('focus'));
    });
    await ada.sees(/Welcome back/);
    await grace.messages.send(chat, 'While it was locked');
    await grace.settled();
    expect((await shown()).length).toBe(2);
    await ada.unlock();
    await openSettings();
    await ada.page.getByLabel(/^Lock by itself/).selectOption('Never');
  });

  it('gets another password, and none that is soon found (C-03)', async () => {
    await ada.press('Change password');
    await ada.fill('Current password', 'not my password');
    await ada.fill('New password', 'password1');
    const change = ada.page.getByRole('dialog').getByRole('button', { name: 'Change password' });
    await change.click();
    await ada.sees(/harder to guess/);
    expect(await ada.obstacles()).toEqual([]);
    await ada.fill('New password', NEXT_PASSWORD);
    await change.click();
    await ada.sees('That is not your password.');
    await ada.fill('Current password', PASSWORD);
    await change.click();
    await ada.sees('Your password is changed.');
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
    await ada.press('Lock');
    await ada.unlock();
    await ada.sees('That is not your password.');
    await ada.unlock(NEXT_PASSWORD);
    await ada.sees('Settings');
  });

  it('is deleted by its name and its password, and nothing is left of it', async () => {
    const confirm = ada.page.getByRole('button', { name: 'Delete my account for good' });
    await ada.press('Delete account');
    await ada.fill('Type ada.lovelace to confirm', 'ada');
    await ada.fill('Password', PASSWORD);
    await confirm.click();
    await ada.sees('Type ada.lovelace, exactly as it stands here');
    await ada.fill('Type ada.lovelace to confirm', 'ada.lovelace');
    await confirm.click();
    await ada.sees('That is not your password.');
    expect(await ada.obstacles()).toEqual([]);
    await ada.fill('Password', NEXT_PASSWORD);
    await confirm.click();
    await ada.page.getByRole('heading', { name: 'Create account' }).waitFor();
    await isAt('/');
    expect(await ada.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    const hasLeft = async (): Promise<boolean> =>
      (await grace.conversations.get(chat)).members.every(({ username }) => username !== ada.username);
    await until(hasLeft, 'Grace sees that Ada is gone', 20_000);
  });
});
