import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { readFileSync } from 'node:fs';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';

/** What one browser of an account means for another one: Ada has two. */

const PASSPHRASE = 'nine copper kettles in the snow';
const NEXT_PASSWORD = 'seven quiet lanterns by the harbour';

describeInChromium('two browsers of one account', () => {
  let app: WebApp;
  let laptop: Person;
  let desktop: Person;
  let grace: Sealpost;
  let chat: string;

  const openSettings = async (person: Person): Promise<void> => {
    await person.press('Menu');
    await person.page.getByRole('menuitem', { name: 'Settings' }).click();
  };

  beforeAll(async () => {
    app = await WebApp.start();
    laptop = await app.newPerson('ada.lovelace');
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await Promise.all([laptop.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await laptop.keepRecoveryCode();
    ({ id: chat } = await grace.conversations.direct(laptop.username));
    await grace.messages.send(chat, 'Good morning');
    await laptop.openChat('grace');
    await laptop.reads('Good morning');
    desktop = await app.newPerson(laptop.username);
    await desktop.page.getByRole('link', { name: 'I have an account' }).click();
    await desktop.fill('Username', desktop.username);
    await desktop.fill('Password', PASSWORD);
    await desktop.press('Sign in');
  }, 90_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('carries all messages to the other one as a file', async () => {
    await openSettings(laptop);
    await laptop.press('Export');
    await laptop.fill('Passphrase of the file', PASSPHRASE);
    expect(await laptop.obstacles()).toEqual([]);
    const downloaded = laptop.page.waitForEvent('download');
    await laptop.press('Save the file');
    const path = await (await downloaded).path();
    await laptop.sees(/among your downloads/);
    expect(readFileSync(path).toString('latin1')).not.toContain('Good morning');
    await openSettings(desktop);
    await desktop.press('Import');
    await desktop.page.getByLabel('Exported file').setInputFiles(path);
    await desktop.fill('Passphrase of the file', 'another one');
    await desktop.press('Import the file');
    await desktop.sees('The file does not open by this passphrase.');
    expect(await desktop.obstacles()).toEqual([]);
    await desktop.fill('Passphrase of the file', PASSPHRASE);
    await desktop.press('Import the file');
    await desktop.sees('Messages of 1 chat are back.');
    await desktop.page.keyboard.press('Escape');
    await desktop.openChat('grace');
    await desktop.reads('Good morning');
    expect(await desktop.page.getByRole('log').getByText('Good morning').count()).toBe(1);
  });

  it('signs the other one out by another password, until it signs in again', async () => {
    await laptop.page.keyboard.press('Escape');
    await laptop.press('Change password');
    await laptop.fill('Current password', PASSWORD);
    await laptop.fill('New password', NEXT_PASSWORD);
    await laptop.page.getByRole('dialog').getByRole('button', { name: 'Change password' }).click();
    await laptop.sees('Your password is changed.');
    await desktop.sees(/This browser was signed out/);
    await desktop.page.getByRole('checkbox', { name: 'My password was changed on another device' }).check();
    expect(await desktop.obstacles()).toEqual([]);
    await desktop.fill('Password', NEXT_PASSWORD);
    await desktop.fill('Password from before, on this browser', PASSWORD);
    await desktop.press('Sign in again');
    await desktop.page.getByText('This browser was signed out').waitFor({ state: 'detached' });
    await grace.messages.send(chat, 'Are you back?');
    await desktop.reads('Are you back?');
    await desktop.page.reload();
    await desktop.unlock(NEXT_PASSWORD);
    await desktop.reads('Are you back?');
  });
});
