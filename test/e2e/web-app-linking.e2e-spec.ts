import './cheap-argon2.js';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeQR } from 'qr';
import { MemoryStore, Sealpost } from '#sdk';
import { describeInChromium } from '../browser/chromium.js';
import { link, pictureOf, shownCode, wordsOf } from '../browser/linking-people.js';
import { type Person, WebApp } from '../browser/web-app.js';

/** Linking as it goes by keys alone, by camera, and where it comes to nothing; and what happens to who is signed out. */

const PASSWORD = 'correct horse battery staple';
const AFTER_TWO_MINUTES_MS = 121_000;
const folder = mkdtempSync(join(tmpdir(), 'sealpost-camera-'));
const FILM = join(folder, 'code.y4m');
const CAMERA = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  `--use-file-for-fake-video-capture=${FILM}`,
];

describeInChromium('linking a browser', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let chat: string;

  beforeAll(async () => {
    writeFileSync(FILM, filmOf('nothing yet'));
    app = await WebApp.start({}, CAMERA);
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    ada = await app.newPerson('ada.lovelace');
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    ({ id: chat } = await grace.conversations.direct(ada.username));
    await grace.messages.send(chat, 'Good morning');
    await ada.openChat('grace');
    await ada.reads('Good morning');
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
    rmSync(folder, { recursive: true });
  });

  const waitingBrowser = async (): Promise<Person> => {
    const browser = await app.newPerson(ada.username);
    await browser.page.getByRole('link', { name: 'Link to an account you have' }).click();
    await shownCode(browser);
    return browser;
  };

  it('needs no mouse on either device', async () => {
    const fresh = await app.newPerson(ada.username);
    const keys = async (person: Person, ...names: string[]): Promise<void> => {
      for (const name of names) {
        await person.tabTo(name);
        await person.page.keyboard.press('Enter');
      }
    };
    await keys(fresh, 'Link to an account you have');
    const code = await shownCode(fresh);
    await keys(ada, 'Menu');
    await ada.page.getByRole('menuitem', { name: 'Settings' }).waitFor();
    await ada.page.keyboard.press('Enter');
    await keys(ada, 'Manage devices', 'Link a device');
    await ada.tabTo('Linking code');
    await ada.page.keyboard.type(code);
    await ada.page.keyboard.press('Enter');
    await ada.sees('Compare the words');
    await fresh.sees('Compare the words');
    await keys(ada, 'They are the same');
    await keys(fresh, 'They are the same');
    // It has the focus by itself.
    await fresh.page.getByLabel('Password', { exact: true }).and(fresh.page.locator(':focus')).waitFor();
    await fresh.typePassword();
    await fresh.page.keyboard.press('Enter');
    await fresh.openChat('grace');
    await fresh.reads('Good morning');
    await keys(ada, 'Back to your devices');
    await ada.sees('This session');
  });

  it('takes the code from a picture, and from the camera', async () => {
    const fresh = await waitingBrowser();
    writeFileSync(FILM, filmOf(await shownCode(fresh)));
    await ada.page.getByRole('link', { name: 'Link a device' }).click();
    await ada.page.locator('input[type=file]').setInputFiles({
      name: 'no-picture.png',
      mimeType: 'image/png',
      buffer: Buffer.from('nothing that could be shown'),
    });
    await ada.sees('This file cannot be opened as a picture.');
    await ada.page.locator('input[type=file]').setInputFiles(pictureOf('https://example.org'));
    await ada.sees('That is no linking code. Check that all of it is there.');
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Scan with the camera');
    await fresh.sees('Compare the words');
    expect(await wordsOf(ada)).toEqual(await wordsOf(fresh));
    expect(await fresh.obstacles()).toEqual([]);
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('They differ');
    await ada.sees(/Nothing was linked/);
    await fresh.press('They are the same');
    await fresh.enterPassword('Link this browser');
    await fresh.sees('The other device has rejected this one. Nothing was linked.');
    await fresh.press('Show a new code');
    await shownCode(fresh);
  });

  it('comes to nothing after two minutes, on either side', async () => {
    const [early, late] = [await waitingBrowser(), await waitingBrowser()];
    expect(await early.obstacles()).toEqual([]);
    await ada.fill('Linking code', await shownCode(early));
    await ada.press('Continue');
    await early.press('They are the same');
    app.relay.clock.advance(AFTER_TWO_MINUTES_MS);
    await late.sees(/No device waits there any more/);
    await ada.press('They are the same');
    await ada.sees(/No device waits there any more/);
    await early.enterPassword('Link this browser');
    await early.sees(/No device waits there any more/);
    expect(await early.obstacles()).toEqual([]);
    await ada.page.getByRole('link', { name: 'Back', exact: true }).click();
    await ada.sees('Your devices');
  });

  it('asks again after a wrong password, and can be given up', async () => {
    const [fresh, other] = [await waitingBrowser(), await waitingBrowser()];
    await ada.page.getByRole('link', { name: 'Link a device' }).click();
    await ada.fill('Linking code', await shownCode(other));
    await ada.press('Continue');
    await other.press('They are the same');
    await other.fill('Password', 'not this one');
    await other.press('Link this browser');
    await other.press('Cancel');
    await other.page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await ada.press('Cancel');
    await ada.page.getByRole('link', { name: 'Link a device' }).click();
    await ada.fill('Linking code', await shownCode(fresh));
    await ada.press('Continue');
    await ada.press('They are the same');
    await fresh.press('They are the same');
    await fresh.fill('Password', 'not this one');
    await fresh.press('Link this browser');
    await fresh.sees('That is not your password.');
    await fresh.enterPassword('Link this browser');
    await fresh.openChat('grace');
    await fresh.reads('Good morning');
    await ada.sees('The new device has all that it needs.');
  });

  it('ends with the session where that is ended elsewhere, and goes on by the password', async () => {
    const phone = await app.newPerson(ada.username);
    await ada.openChat('grace');
    await link(ada, phone);
    await phone.openChat('grace');
    await phone.reads('Good morning');
    await ada.page.getByRole('link', { name: 'Back to your devices' }).click();
    await rename(ada, 'Phone');
    await ada.press('Sign out Phone');
    await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
    await phone.sees('This browser was signed out');
    await phone.page.reload();
    await phone.unlock();
    await phone.openChat('grace');
    await grace.messages.send(chat, 'Are you back?');
    await phone.reads('Are you back?');
    await ada.page.reload();
    await ada.unlock();
    await ada.press('Sign out Phone');
    await ada.page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
    await phone.sees('This browser was signed out');
    await phone.enterPassword('Sign in again');
    await phone.openChat('grace');
    await grace.messages.send(chat, 'And now?');
    await phone.reads('And now?');
  });
});

/** Of the newest device: the first after this one. */
async function rename(person: Person, name: string): Promise<void> {
  await person.page
    .getByRole('button', { name: /^Options for/ })
    .nth(1)
    .click();
  await person.page.getByRole('menuitem', { name: 'Rename' }).click();
  await person.fill('Name of the device', name);
  await person.press('Rename');
}

/** What a camera sees that is held before a code: one frame, again and again, as uncompressed video (YUV4MPEG2). */
function filmOf(code: string): Buffer {
  const [width, height] = [640, 480];
  const rows = encodeQR(code, 'raw', { border: 4 });
  const pixels = Math.floor(height / rows.length);
  const luma = Buffer.alloc(width * height, 235);
  for (const [y, row] of rows.entries())
    for (const [x, isDark] of row.entries())
      if (isDark)
        for (let line = y * pixels; line < (y + 1) * pixels; line++)
          luma.fill(16, line * width + x * pixels, line * width + (x + 1) * pixels);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`), frame, frame]);
}
