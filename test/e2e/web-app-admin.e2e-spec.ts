import { describeInChromium } from '../browser/chromium.js';
import { type Person, WebApp } from '../browser/web-app.js';
import { AdminsStore } from '../../apps/relay/src/admin/index.js';
import { AuthenticatorApp, letFactorAge, login, type Protected, withTotp } from './second-factors.js';

/** Administration in the web app, by two admins. */

describeInChromium('administration in the web app', () => {
  let app: WebApp;
  let root: Person;
  let rootPhone: AuthenticatorApp;
  let other: Person;
  let otherPhone: AuthenticatorApp;
  let lost: Protected;

  beforeAll(async () => {
    app = await WebApp.start();
    [root, other] = [await registered('root.admin'), await registered('other.admin')];
    lost = await withTotp(app.relay);
  }, 90_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(() => app.stop());

  async function registered(username: string): Promise<Person> {
    const person = await app.newPerson(username);
    await person.register();
    await person.keepRecoveryCode();
    await person.page.getByRole('button', { name: 'Menu' }).waitFor();
    return person;
  }

  async function addPhone(person: Person): Promise<AuthenticatorApp> {
    await person.visit('/settings/second-factors');
    await person.press('Add an authenticator app');
    await person.enterPassword('Next');
    const secret = await person.page.getByTestId('totp-secret').innerText();
    const phone = new AuthenticatorApp(app.relay, secret);
    await person.fill('The code that the app shows', phone.code());
    await person.press('Confirm');
    await person.page.getByRole('checkbox').check();
    await person.page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
    return phone;
  }

  async function openUser(person: Person, username: string): Promise<void> {
    await person.visit('/settings/admin');
    await person.fill('The name begins with', username);
    await person.press('Search');
    await person.page.getByRole('list', { name: 'Accounts' }).getByRole('link', { name: username }).click();
    await person.page.getByRole('heading', { name: 'What you can do' }).waitFor();
  }

  const dialogButton = (person: Person, name: string): Promise<void> =>
    person.page.getByRole('dialog').or(person.page.getByRole('alertdialog')).getByRole('button', { name }).click();

  it('is there for admins only, and takes a second factor to change something', async () => {
    await root.visit('/settings');
    await root.page.getByRole('heading', { name: 'Security', exact: true }).waitFor();
    expect(await root.page.getByRole('link', { name: 'Open administration' }).count()).toBe(0);
    await root.visit('/settings/admin');
    await root.sees('Only another admin may do this.');

    for (const { username } of [root, other]) await app.relay.part(AdminsStore).grant(username, app.relay.clock.now());
    await root.visit('/settings');
    await root.page.getByRole('link', { name: 'Open administration' }).click();
    await root.page.getByRole('heading', { name: 'Waiting for another admin' }).waitFor();
    await openUser(root, lost.user.username);
    await root.press('End all sessions');
    await dialogButton(root, 'End all sessions');
    await root.sees('Admins act with a second factor. Add one in the settings first.');
    rootPhone = await addPhone(root);
    otherPhone = await addPhone(other);
  });

  it('finds accounts by the beginning of their names, and says what they are', async () => {
    await root.visit('/settings/admin');
    await root.page.getByRole('list', { name: 'Accounts' }).getByText('other.admin').waitFor();
    expect(await root.obstacles()).toEqual([]);
    await root.fill('The name begins with', 'nobody-at-all');
    await root.press('Search');
    await root.sees('No name begins like this.');
    await root.fill('The name begins with', 'not a name');
    await root.press('Search');
    await root.sees('Names have these only');
    await openUser(root, lost.user.username);
    await root.sees('in one session');
    expect(await root.obstacles()).toEqual([]);
  });

  it('suspends an account with a reason, asking for a factor that is not fresh, and lifts it', async () => {
    letFactorAge(app.relay);
    await openUser(root, lost.user.username);
    await root.page.getByRole('button', { name: 'Suspend', exact: true }).click();
    expect(await root.obstacles()).toEqual([]);
    await dialogButton(root, 'Suspend');
    await root.sees('Write down why');
    await root.fill('Reason', 'Sends advertisements.');
    await dialogButton(root, 'Suspend');
    await root.fill('Code', rootPhone.nextCode());
    await root.press('Confirm');
    await root.sees(/^Suspended .* by root\.admin: Sends advertisements\.$/);
    expect((await login(app.relay, lost.user, { authKey: lost.user.authKey })).body.code).toBe('mfa_required');
    await root.sees('nowhere');
    await root.press('Lift the suspension');
    await dialogButton(root, 'Lift the suspension');
    await root.page.getByRole('button', { name: 'Suspend', exact: true }).waitFor();
  });

  it('resets second factors once another admin has approved', async () => {
    await openUser(root, lost.user.username);
    await root.press('Reset second factors');
    await dialogButton(root, 'Reset second factors');
    await root.sees(/^Another admin has until .* to approve it\.$/);
    await root.visit('/settings/admin');
    const request = `Reset the second factors of ${lost.user.username}`;
    await root.sees(request);
    expect(await root.page.getByRole('button', { name: /^Approve/ }).count()).toBe(0);

    await other.visit('/settings/admin');
    await other.sees(request);
    expect(await other.obstacles()).toEqual([]);
    await other.press(`Approve the reset for ${lost.user.username}`);
    await dialogButton(other, 'Approve');
    await other.fill('Code', otherPhone.nextCode());
    await other.press('Confirm');
    await other.sees('Nothing waits.');
    expect((await login(app.relay, lost.user)).status).toBe(200);
  });

  it('says so in the security events of the admins', async () => {
    await root.visit('/settings/security-events');
    await root.sees('You suspended an account');
    await root.sees('You asked for a reset of somebody’s second factors');
  });

  it('fits on a narrow screen', async () => {
    await root.page.setViewportSize({ width: 360, height: 740 });
    for (const path of ['/settings/admin', `/settings/admin/users/${lost.user.username}`]) {
      await root.visit(path);
      await root.sees(path.endsWith('admin') ? 'Nothing waits.' : 'What you can do');
      expect(await root.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
      expect(await root.obstacles()).toEqual([]);
    }
  });
});
