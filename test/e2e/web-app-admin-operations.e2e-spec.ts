import { readFile } from 'node:fs/promises';
import { call, until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { type Person, WebApp } from '../browser/web-app.js';
import { AdminsStore } from '../../apps/relay/src/admin/index.js';

/** What admins decide for a whole server in the web app, and what everybody sees of it. */

describeInChromium('the server in the web app', () => {
  let app: WebApp;
  let ada: Person;
  let code: string;

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    await ada.register();
    await ada.keepRecoveryCode();
    await ada.page.getByRole('button', { name: 'Menu' }).waitFor();
    await app.relay.part(AdminsStore).grant(ada.username, app.relay.clock.now());
    // That a second factor is asked for, and how, is shown in web-app-mfa.
    await app.relay.query(`UPDATE sessions SET factor_at = '9999-01-01'`);
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(() => app.stop());

  const inForce = async (): Promise<unknown> => (await call(app.relay, 'GET', '/v1/server')).body.registration;

  it('is found by admins in their settings, and can be read by everybody who uses it, on narrow screens, too', async () => {
    await ada.visit('/settings/admin');
    await ada.page.getByRole('link', { name: 'Manage the server' }).click();
    await ada.page.getByRole('heading', { name: 'Registration' }).waitFor();
    await ada.page.getByText('Here within 30 days').waitFor();
    await ada.sees('fewer than five');
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.setViewportSize({ width: 360, height: 740 });
    expect(await ada.obstacles()).toEqual([]);
    expect(await ada.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await ada.page.setViewportSize({ width: 1280, height: 800 });
  });

  it('takes new accounts by invitation once an admin says so, and shows the code of one once', async () => {
    await ada.page.getByLabel(/^Who may make an account/).selectOption('Whoever has an invitation');
    await until(async () => (await inForce()) === 'invite', 'it is so', 10_000);
    await ada.press('Invite people');
    await ada.fill('Note', 'The choir');
    await ada.fill('How many may register by it', 'some');
    await ada.press('Make the invitation');
    await ada.sees('A number from 1 to 10,000');
    await ada.fill('How many may register by it', '2');
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Make the invitation');
    code = await ada.page.getByTestId('invitation-code').innerText();
    expect(code).toMatch(/^[\w-]{22}$/);
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
    await ada.sees(/2 of 2 left/);
    expect(await ada.page.getByText(code).count()).toBe(0);
  });

  it('asks whoever is new for the code, unless the link has brought it, and tells when it is not good', async () => {
    const eve = await app.newPerson('eve');
    await eve.page.getByLabel('Invitation code').waitFor();
    expect(await eve.obstacles()).toEqual([]);
    await eve.register();
    await eve.sees('Enter the code you were given');
    await eve.fill('Invitation code', 'A'.repeat(22));
    await eve.press('Create account');
    await eve.sees('This invitation is not valid, or not any more.');

    const grace = await app.newPerson('grace', `${app.relay.url}/#invite=${code}`);
    expect(await grace.page.getByLabel('Invitation code').inputValue()).toBe(code);
    await grace.register();
    await grace.keepRecoveryCode();
    await grace.page.getByRole('button', { name: 'Menu' }).waitFor();
    expect(app.relay.logLines.join('\n')).not.toContain(code);
  });

  it('tells everybody what an admin announces, until they put it away', async () => {
    const bob = await app.newPerson('bob', `${app.relay.url}/#invite=${code}`);
    await bob.page.getByLabel('Invitation code').waitFor();
    await bob.register();
    await bob.keepRecoveryCode();
    await ada.press('Announce something');
    await ada.page.getByLabel('How much it matters').selectOption('Important');
    await ada.press('Announce');
    await ada.sees('Write what everybody is to read');
    await ada.fill('Text', '<b>Update</b> on Sunday');
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Announce');
    await bob.sees('Important news of this server');
    await bob.sees('<b>Update</b> on Sunday');
    expect(await bob.obstacles()).toEqual([]);
    await bob.press('Put away');
    await bob.page.getByText('Important news of this server').waitFor({ state: 'detached' });
    await ada.page.getByRole('button', { name: /^Withdraw/ }).click();
    await ada.sees('There are none.');
  });

  it('lets a single account keep more files and do more in a time, until that is lifted', async () => {
    await ada.visit('/settings/admin/users/grace');
    await ada.page.getByRole('heading', { name: 'Quotas and limits' }).waitFor();
    await ada.fill('All its files, in gigabytes', 'many');
    await ada.press('Save the quotas');
    await ada.sees('A number of gigabytes, or nothing');
    await ada.fill('All its files, in gigabytes', '50');
    await ada.press('Save the quotas');
    await ada.fill('Rate limits, in percent of those of all', '300');
    await ada.press('Save the limits');
    await ada.sees(/Its rate limits are 300 % of those of all, until/);
    expect(await ada.obstacles()).toEqual([]);
    const [row] = await app.relay.query('SELECT attachment_bytes, limit_percent FROM account_allowances');
    expect(row).toEqual({ attachment_bytes: '50000000000', limit_percent: 300 });
    await ada.press('As for all');
    await ada.sees('Its rate limits are those of all.');
    await ada.visit('/settings/admin/server');
  });

  it('shows admins what concerned the security of an account, and saves that as a file', async () => {
    await ada.visit('/settings/admin/users/grace');
    await ada.page.getByRole('link', { name: 'Show security events' }).click();
    await ada.page.getByRole('heading', { name: 'Security events of grace' }).waitFor();
    const list = ada.page.getByRole('list', { name: 'Security events' });
    await list.getByText('The account was made').waitFor();
    await list.getByText('An admin has set the quotas of this account').waitFor();
    expect(await list.getByText('ada.lovelace').count()).toBe(0);
    expect(await ada.obstacles()).toEqual([]);
    const download = ada.page.waitForEvent('download');
    await ada.press('Save all as a file');
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^sealpost-security-grace-\d{4}-\d\d-\d\d\.ndjson$/);
    const saved = (await readFile(await file.path(), 'utf8')).trim().split('\n');
    expect(saved).toHaveLength(await list.getByRole('listitem').count());
    expect(JSON.parse(saved.at(-1)!)).toMatchObject({ kind: 'account_registered', username: 'grace' });
    await ada.visit('/settings/admin/events');
    await ada.sees('ada.lovelace → grace');
    await ada.page.setViewportSize({ width: 360, height: 740 });
    expect(await ada.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.setViewportSize({ width: 1280, height: 800 });
    await ada.visit('/settings/admin/server');
  });

  it('keeps what people write for another time once an admin has said it twice', async () => {
    await ada.page.getByLabel(/^How long anything is kept at most/).selectOption('90 days');
    await ada.sees('They do not come back.');
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Change it');
    await ada.page.getByRole('alertdialog').waitFor({ state: 'detached' });
    const [row] = await app.relay.query('SELECT retention_max_days FROM server_settings');
    expect(row).toEqual({ retention_max_days: 90 });
  });

  it('says that it takes nobody while registration is closed', async () => {
    await ada.page.getByLabel(/^Who may make an account/).selectOption('Nobody');
    await until(async () => (await inForce()) === 'closed', 'it is so', 10_000);
    const late = await app.newPerson('late');
    await late.sees('This server takes no new accounts at present.');
    expect(await late.obstacles()).toEqual([]);
    expect(await late.page.getByLabel('Username').count()).toBe(0);
  });
});
