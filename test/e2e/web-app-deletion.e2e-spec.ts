import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';
import { WITH_GRACE } from './deleting.js';

/** Deleting an account in the web app, and thinking again: Ada has a browser, Grace and Alan other clients. */

const DELETE_LATER = 'Have my account deleted';

describeInChromium('deleting an account in the web app', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let alan: Sealpost;
  let group: string;

  async function client(username: string): Promise<Sealpost> {
    const sealpost = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await sealpost.register({ username, password: PASSWORD });
    return sealpost;
  }

  const owner = async (): Promise<string | undefined> =>
    (await alan.conversations.get(group)).members.find(({ role }) => role === 'owner')?.username;

  async function openDeletion(): Promise<void> {
    await ada.visit('/settings');
    await ada.press('Delete account');
    await ada.page.getByRole('dialog', { name: 'Delete account' }).waitFor();
    await ada.page.getByLabel(/^Type ada/).waitFor();
  }

  async function confirm(button: string): Promise<void> {
    await ada.fill(`Type ${ada.username} to confirm`, ada.username);
    await ada.fill('Password', PASSWORD);
    await ada.press(button);
  }

  const asked = () => ada.page.getByRole('dialog', { name: 'This account is to be deleted' });

  beforeAll(async () => {
    app = await WebApp.start(WITH_GRACE);
    ada = await app.newPerson('ada.lovelace');
    await ada.register();
    await ada.keepRecoveryCode();
    [grace, alan] = [await client('grace'), await client('alan')];
    const title = { title: 'Engines' };
    ({ id: group } = await grace.conversations.group([ada.username, 'alan'], title));
    await grace.conversations.giveRole(group, ada.username, 'owner');
    await until(async () => (await owner()) === ada.username, 'Ada owns the group', 20_000);
    await ada.openChat('Engines');
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await Promise.all([grace, alan].map((one) => one.close()));
    await app.stop();
  });

  it('says first what comes of it: until when it can be kept, and whose the groups will be', async () => {
    await openDeletion();
    await ada.sees(/^Until \d+ \w+ \d{4} you can keep your account/);
    const heir = ada.page.getByLabel('Engines goes to');
    expect(await heir.locator('option').allInnerTexts()).toEqual(['grace', 'alan']);
    for (const width of [1280, 360]) {
      await ada.page.setViewportSize({ width, height: 800 });
      expect(await ada.obstacles()).toEqual([]);
      const overflow = await ada.page.evaluate(() => {
        const { scrollWidth, clientWidth } = (globalThis as unknown as { document: { documentElement: Sized } })
          .document.documentElement;
        return scrollWidth - clientWidth;
      });
      expect(overflow).toBeLessThanOrEqual(0);
    }
    await ada.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('offers the export before, and comes back to where it was', async () => {
    await ada.press('Export your messages first');
    await ada.page.getByRole('dialog', { name: 'Export' }).waitFor();
    await ada.fill('Passphrase of the file', 'seven quiet lanterns by the harbour');
    const download = ada.page.waitForEvent('download');
    await ada.press('Save the file');
    expect((await download).suggestedFilename()).toMatch(/^sealpost-.*\.export$/);
    await ada.press('Close');
    await ada.page.getByRole('dialog', { name: 'Delete account' }).waitFor();
  });

  it('hands a group to whom its owner chose, and leaves the account locked', async () => {
    await ada.page.getByLabel('Engines goes to').selectOption('alan');
    await confirm(DELETE_LATER);
    await ada.sees(/^Your account is to be deleted on \d+ \w+ \d{4}\./);
    expect(await ada.obstacles()).toEqual([]);
    await until(async () => (await owner()) === 'alan', 'Alan owns the group', 20_000);
  });

  it('asks whoever unlocks it whether to keep it, and takes no for an answer', async () => {
    await ada.page.reload();
    await ada.unlock();
    await asked().waitFor();
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Leave it as it is');
    await ada.page.getByRole('button', { name: 'Sign in again' }).waitFor();
    const row = 'SELECT deletion_due_at IS NULL AS kept FROM accounts WHERE username = $1';
    expect(await app.relay.query(row, [ada.username])).toEqual([{ kept: false }]);
  });

  it('keeps it, with all that was in the browser and all that came meanwhile', async () => {
    await grace.messages.send(group, 'Are you coming back?');
    await ada.page.reload();
    await ada.unlock();
    await asked().waitFor();
    await ada.press('Keep my account');
    await ada.page.getByRole('button', { name: 'Menu' }).waitFor();
    await ada.openChat('Engines');
    await ada.reads('Are you coming back?');
    await ada.write('I am');
    await ada.reads('I am');
  });

  it('asks on another browser, too, at the page that signs in', async () => {
    await openDeletion();
    await confirm(DELETE_LATER);
    await ada.sees(/^Your account is to be deleted/);
    const other = await app.newPerson(ada.username);
    await other.visit('/sign-in');
    await other.fill('Username', ada.username);
    await other.fill('Password', PASSWORD);
    await other.press('Sign in');
    const dialog = other.page.getByRole('dialog', { name: 'This account is to be deleted' });
    await dialog.waitFor();
    await other.page.keyboard.press('Escape');
    await other.sees('The account is still to be deleted.');
    await other.press('Sign in');
    await dialog.waitFor();
    await other.press('Keep my account');
    await other.page.getByRole('button', { name: 'Menu' }).waitFor();
    ada = other;
  });

  it('deletes at once, if its owner wants that', async () => {
    await openDeletion();
    await ada.page.getByRole('checkbox', { name: /^Delete it at once/ }).check();
    await ada.sees('All messages, keys and settings in this browser are erased.');
    await confirm('Delete my account for good');
    await ada.page.getByRole('heading', { name: 'Create account' }).waitFor();
    const row = 'SELECT status FROM accounts WHERE username = $1';
    expect(await app.relay.query(row, [ada.username])).toEqual([{ status: 'deleted' }]);
  });
});

interface Sized {
  readonly scrollWidth: number;
  readonly clientWidth: number;
}
