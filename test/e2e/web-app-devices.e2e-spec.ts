import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { writeVerificationCode } from '../../libs/sdk/src/peers/verification-code.js';
import { describeInChromium } from '../browser/chromium.js';
import { enterCode, scanPicture, shownCode, wordsOf } from '../browser/linking-people.js';
import { type Person, WebApp } from '../browser/web-app.js';

/** One account in two browsers, and people who compare their keys by camera. */

const PASSWORD = 'correct horse battery staple';

describeInChromium('own devices in the web app', () => {
  let app: WebApp;
  let ada: Person;
  let phone: Person;
  let grace: Sealpost;

  beforeAll(async () => {
    app = await WebApp.start();
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    [ada, phone] = await Promise.all([app.newPerson('ada.lovelace'), app.newPerson('ada.lovelace')]);
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    const { id } = await grace.conversations.direct(ada.username);
    await grace.messages.send(id, 'Good morning');
    await ada.openChat('grace');
    await ada.write('Good morning to you');
    await ada.reads('Good morning to you');
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('verifies by a scanned code whom it belongs to, and nobody by another one', async () => {
    await ada.openSafetyNumber('grace');
    const { accountId } = grace.self;
    await scanPicture(ada, writeVerificationCode({ accountId, fingerprint: '21'.repeat(32) }));
    await ada.sees(/The code does not match.*Nothing was marked/);
    await scanPicture(ada, writeVerificationCode({ accountId: OTHER, fingerprint: '21'.repeat(32) }));
    await ada.sees(/That is the code of somebody else/);
    await scanPicture(ada, 'https://example.org');
    await ada.sees(/That is no code for comparing/);
    await ada.sees('Not compared yet.');
    expect(await ada.obstacles()).toEqual([]);
    await scanPicture(ada, await grace.contacts.ownVerificationCode());
    await ada.sees('The codes match. grace is verified.');
    await ada.sees('You have marked grace as verified.');
  });

  it('are linked by a code, once both show the same six words, and have what was written before', async () => {
    await phone.page.getByRole('link', { name: 'Link to an account you have' }).click();
    await enterCode(ada, await shownCode(phone));
    await phone.sees('Compare the words');
    await ada.sees('Compare the words');
    expect(await wordsOf(phone)).toHaveLength(6);
    expect(await wordsOf(phone)).toEqual(await wordsOf(ada));
    for (const person of [phone, ada]) await person.press('They are the same');
    await phone.enterPassword('Link this browser');
    await phone.openChat('grace');
    await phone.reads('Good morning');
    await phone.reads('Good morning to you');
    await phone.page.getByRole('img', { name: 'Verified' }).first().waitFor();
    await ada.sees('The new device has all that it needs.');
    const cookies = await phone.page.context().cookies();
    expect(cookies.map(({ httpOnly }) => httpOnly)).toEqual([true]);
  });

  it('are shown with what is new, and named', async () => {
    await ada.page.getByRole('link', { name: 'Back to your devices' }).click();
    await ada.sees(/A device has come since/);
    expect(await ada.obstacles()).toEqual([]);
    await other(ada)
      .getByRole('button', { name: /^Options for/ })
      .click();
    await ada.page.getByRole('menuitem', { name: 'Rename' }).click();
    await ada.fill('Name of the device', 'Phone');
    await ada.press('Rename');
    await ada.press('Sign out Phone');
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Cancel');
  });

  it('read nothing any more once they are removed, and say so', async () => {
    await ada.press('Options for Phone');
    await ada.page.getByRole('menuitem', { name: 'Remove' }).click();
    await ada.sees(/It is signed out at once/);
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await phone.sees('This browser was signed out');
    await other(ada).waitFor({ state: 'detached' });
    expect(await phone.obstacles()).toEqual([]);
    expect(await phone.page.getByText('Good morning').count()).toBe(0);
    await phone.enterPassword('Sign in again');
    await phone.sees(/this browser was removed from your account/);
    await phone.press('Delete everything here');
    await phone.press('Sign out and delete');
    await phone.page.getByRole('heading', { name: 'Create account' }).waitFor();
  });
});

const OTHER = '0198c5a0-3f4e-7d3a-8b58-1f7f2a6c0d11';

/** Of a list of devices, the one that is not the browser that shows it. */
function other({ page }: Person) {
  return page.locator('.person-row', { has: page.locator('.device') }).filter({ hasNotText: 'This device' });
}
