import { ByKeys } from '../browser/by-keys.js';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';

/** The account and its settings without a mouse: Ada has two browsers, and a keyboard before each. */

const NEXT_PASSWORD = 'seven quiet lanterns by the harbour';

describeInChromium('the account in the web app, by keys alone,', () => {
  let app: WebApp;
  let ada: Person;
  let keys: ByKeys;
  let desktop: Person;
  let code: string;

  const isAt = (path: string): Promise<void> => ada.page.waitForURL((url) => url.pathname === path);
  const signIn = async (person: Person): Promise<ByKeys> => {
    const own = await ByKeys.of(person);
    await own.press('I have an account');
    await own.fill('Username', ada.username);
    await own.fill('Password', PASSWORD);
    await person.page.keyboard.press('Enter');
    await person.sees('No chats yet');
    return own;
  };

  /** @returns the one that is kept. */
  const keepsCode = async (): Promise<string> => {
    const shown = await ada.page.getByTestId('recovery-code').innerText();
    await keys.to(/somewhere safe$/);
    await ada.page.keyboard.press('Space');
    await keys.press('Continue');
    await ada.sees('No chats yet');
    return shown;
  };

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    await ada.page.context().grantPermissions(['notifications']);
    keys = await ByKeys.of(ada);
  });
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(() => app.stop());

  it('is made, and its recovery code kept', async () => {
    await keys.fill('Username', ada.username);
    await keys.fill('Password', PASSWORD);
    await ada.page.keyboard.press('Enter');
    code = await keepsCode();
  });

  it('is locked, and unlocked', async () => {
    await keys.openAndLeaveMenu('Menu');
    await keys.choose('Menu', 'Lock');
    await keys.isAt('Password');
    await ada.typePassword();
    await ada.page.keyboard.press('Enter');
    await ada.sees('No chats yet');
    await keys.choose('Menu', 'Settings');
    await keys.press('Lock');
    await keys.isAt('Password');
    await ada.typePassword();
    await ada.page.keyboard.press('Enter');
    await isAt('/settings');
  });

  it('looks, speaks, locks itself and tells of messages as its owner wants', async () => {
    await keys.select(/^Theme/, 'Dark');
    await ada.page.locator('html[data-theme=dark]').waitFor();
    await keys.select(/^Theme/, 'Like the system');
    await keys.select(/^Language/, 'Deutsch');
    await ada.page.getByRole('heading', { name: 'Einstellungen' }).waitFor();
    await keys.select(/^Sprache/, 'English');
    await ada.page.getByRole('heading', { name: 'Settings' }).waitFor();
    await keys.select(/^Lock by itself/, 'After 1 hour');
    await keys.select(/^Lock by itself/, 'Never');
    await keys.select(/^Tell me of new messages/, 'That there is one');
    await keys.select(/^Tell me of new messages/, 'No');
  });

  it('has no shortcut of a single key once that is switched off, in this browser for good', async () => {
    const { keyboard } = ada.page;
    await keys.to(/^Shortcuts of a single key/);
    await keyboard.press('Space');
    await keyboard.press('?');
    // Not while a dialog is open: so none is.
    await keyboard.press('Alt+n');
    await keys.isInDialog('New chat');
    await keyboard.press('Escape');
    await ada.page.reload();
    await keys.isAt('Password');
    await ada.typePassword();
    await keyboard.press('Enter');
    await ada.sees('No chats yet');
    await keyboard.press('?');
    await keyboard.press('Control+/');
    const help = await keys.isInDialog('Keyboard shortcuts');
    expect(await help.locator('kbd', { hasText: '?' }).count()).toBe(0);
    expect(await help.locator('kbd', { hasText: '/' }).count()).toBe(1);
    await keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
    await keys.to(/^Shortcuts of a single key/);
    await keyboard.press('Space');
    await keyboard.press('?');
    await keys.isInDialog('Keyboard shortcuts');
    await help.locator('kbd', { hasText: '?' }).waitFor();
    await keys.leavesDialog('Keyboard shortcuts', /^Shortcuts of a single key/);
  });

  it('has devices, which are named, signed out and removed', async () => {
    desktop = await app.newPerson(ada.username);
    await signIn(desktop);
    await keys.press('Manage devices');
    const other = ada.page.locator('.person-row', { has: ada.page.locator('.device') });
    const options = other.filter({ hasNotText: 'This device' }).getByRole('button', { name: /^Options for/ });
    await keys.openAndLeaveMenu(options);
    await keys.choose(options, 'Rename');
    await keys.leavesDialog('Rename', options);
    await keys.choose(options, 'Rename');
    await keys.isAt('Name of the device');
    await keys.fill('Name of the device', 'Desktop');
    await ada.page.keyboard.press('Enter');
    await keys.isAt('Options for Desktop');
    await keys.openAndLeaveDialog('Sign out Desktop', 'Sign out Desktop?');
    await keys.press('Sign out Desktop');
    await keys.press((await keys.isInDialog('Sign out Desktop?')).getByRole('button', { name: 'Sign out' }));
    await desktop.sees('This browser was signed out');
    await ada.page.getByRole('button', { name: 'Sign out Desktop' }).waitFor({ state: 'detached' });
    await keys.isSomewhere();
    await keys.choose('Options for Desktop', 'Remove');
    await keys.leavesDialog(/^Remove Desktop/, 'Options for Desktop');
    await keys.choose('Options for Desktop', 'Remove');
    await keys.press((await keys.isInDialog(/^Remove Desktop/)).getByRole('button', { name: 'Remove' }));
    await options.waitFor({ state: 'detached' });
    await keys.isSomewhere();
  });

  it('gets another password', async () => {
    await keys.press(ada.page.getByRole('main').getByRole('link', { name: 'Back' }));
    await keys.openAndLeaveDialog('Change password', 'Change password');
    await keys.press('Change password');
    await keys.isAt('Current password');
    await ada.typePassword();
    await keys.fill('New password', NEXT_PASSWORD);
    await ada.page.keyboard.press('Enter');
    await ada.sees('Your password is changed.');
    await keys.press(ada.page.getByRole('dialog').getByText('Close'));
    await keys.isAt('Change password');
  });

  it('has its messages exported and imported, or not after all', async () => {
    for (const name of ['Export', 'Import']) await keys.openAndLeaveDialog(name, name);
  });

  it('is signed out, and in again', async () => {
    await keys.openAndLeaveDialog('Sign out', /^Sign out and delete/);
    await keys.press('Sign out');
    await keys.press('Sign out and delete');
    await ada.page.getByRole('heading', { name: 'Create account' }).waitFor();
    await keys.press('I have an account');
    await keys.fill('Username', ada.username);
    await keys.fill('Password', NEXT_PASSWORD);
    await ada.page.keyboard.press('Enter');
    await ada.sees('No chats yet');
  });

  it('is recovered by its code', async () => {
    await keys.choose('Menu', 'Settings');
    await keys.press('Sign out');
    await keys.press('Sign out and delete');
    await ada.page.getByRole('heading', { name: 'Create account' }).waitFor();
    await keys.press('I have an account');
    await keys.press('Forgot your password?');
    await keys.fill('Username', ada.username);
    await keys.fill('Recovery code', code);
    await keys.fill('New password', PASSWORD);
    await ada.page.keyboard.press('Enter');
    expect(await keepsCode()).not.toBe(code);
  });

  it('is deleted', async () => {
    await keys.choose('Menu', 'Settings');
    await keys.openAndLeaveDialog('Delete account', 'Delete account');
    await keys.press('Delete account');
    await keys.isAt(/^Type ada.lovelace/);
    await ada.page.keyboard.type(ada.username);
    await keys.fill('Password', PASSWORD);
    await ada.page.keyboard.press('Enter');
    await ada.page.getByRole('heading', { name: 'Create account' }).waitFor();
  });
});
