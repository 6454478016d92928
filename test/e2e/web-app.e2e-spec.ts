import { describeInChromium } from '../browser/chromium.js';
import { type Person, WebApp } from '../browser/web-app.js';

/** The web app as people use it: built, served by a relay, in two browsers. */

let names = 0;
const freshName = (name: string): string => `${name}${String(names++)}-${Math.random().toString(36).slice(2, 8)}`;

describeInChromium('the web app', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Person;

  beforeAll(async () => {
    app = await WebApp.start();
    [ada, grace] = await Promise.all([app.newPerson(freshName('ada')), app.newPerson(freshName('grace'))]);
  });
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(() => app.stop());

  it('refuses a password that is easily guessed', async () => {
    expect(await ada.obstacles()).toEqual([]);
    await ada.fill('Username', ada.username);
    await ada.fill('Password', 'sealpost123');
    await ada.press('Create account');
    await ada.sees(/harder to guess/);
  });

  it('makes an account, and has its recovery code kept before anything else', async () => {
    await Promise.all([ada.register(), grace.register()]);
    expect(await ada.keepRecoveryCode()).toMatch(/\w{4}/);
    await ada.sees('No chats yet');
    expect(await ada.obstacles()).toEqual([]);
  });

  it('asks again for a recovery code that nobody has said to have kept', async () => {
    const shown = await grace.page.getByTestId('recovery-code').innerText();
    await grace.page.reload();
    await grace.unlock();
    expect(await grace.keepRecoveryCode()).not.toBe(shown);
    await grace.sees('No chats yet');
  });

  it('lets two people chat', async () => {
    await ada.beginChat(grace.username);
    await ada.write('Good morning');
    await ada.reads('Good morning');
    await grace.openChat(ada.username);
    await grace.reads('Good morning');
    await grace.write('<img src=x onerror=alert(1)> **and** to you');
    await ada.reads('<img src=x onerror=alert(1)> **and** to you');
    expect(await ada.obstacles()).toEqual([]);
  });

  it('shows both of them the same safety number', async () => {
    const digits = (person: Person): Promise<string> => person.page.locator('.digits').innerText();
    for (const [one, other] of [
      [ada, grace],
      [grace, ada],
    ] as const) {
      await one.page.getByRole('link', { name: /^Details of/ }).click();
      await one.page
        .getByRole('link', { name: new RegExp(other.username) })
        .last()
        .click();
      await one.page.locator('.digits').waitFor();
    }
    expect(await digits(ada)).toBe(await digits(grace));
    expect((await digits(ada)).replace(/\s/g, '')).toMatch(/^\d{60}$/);
    expect(await ada.obstacles()).toEqual([]);
  });

  it('opens at the same chat after a reload, once it is unlocked', async () => {
    await ada.openChat(grace.username);
    await ada.page.reload();
    await ada.sees(/Welcome back/);
    expect(await ada.obstacles()).toEqual([]);
    await ada.unlock();
    await ada.reads('Good morning');
    await ada.write('back again');
    await grace.page.getByText('back again').waitFor();
  });

  it('queues what is written offline, and says so', async () => {
    await ada.page.context().setOffline(true);
    await ada.write('from the tunnel');
    await ada.page.getByRole('img', { name: 'Sending' }).waitFor();
    await ada.sees(/No connection/);
    await ada.page.context().setOffline(false);
    await ada.reads('from the tunnel');
  });

  it('says why it cannot run over plain HTTP, and what to do', async () => {
    const stranger = await app.newPerson('stranger', app.insecureUrl);
    await stranger.sees('This address is not safe for Sealpost');
    expect(await stranger.obstacles()).toEqual([]);
    // The browser says that it ignores what is for safe places only.
    expect(app.takeComplaints().filter((line) => !line.includes('Cross-Origin-Opener-Policy'))).toEqual([]);
  });

  it('has nothing left when it is signed out', async () => {
    await ada.page.getByRole('button', { name: 'Menu' }).click();
    await ada.page.getByRole('menuitem', { name: 'Settings' }).click();
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Sign out');
    await ada.press('Sign out and delete');
    await ada.page.getByRole('heading', { name: 'Create account' }).waitFor();
    expect(await ada.page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await ada.page.reload();
    await ada.page.getByRole('heading', { name: 'Create account' }).waitFor();
  });
});
