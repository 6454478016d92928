import './cheap-argon2.js';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type FileMessage, MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';
import { asTaken, drawnPicture, dropOn, filmed, pasteInto, PLACE } from '../browser/web-files.js';

/** Files in the web app, as somebody sends them: Ada has a browser, Grace another client. */

const MICROPHONE = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];
const MIB = 1024 ** 2;

describeInChromium('files that are sent from the web app', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let chat: string;

  /** The file of that name, as Grace has it. */
  const arrived = (name: RegExp | string): Promise<FileMessage> =>
    until(
      async () => {
        for await (const message of grace.attachments.list(chat))
          if (typeof name === 'string' ? message.content.name === name : name.test(message.content.name))
            return message;
        return undefined;
      },
      `${String(name)} has come`,
      20_000,
    );
  const bytesOf = async ({ id }: FileMessage): Promise<Buffer> => {
    const pieces: Uint8Array[] = [];
    for await (const piece of grace.attachments.open(chat, id ?? '')) pieces.push(piece);
    return Buffer.concat(pieces);
  };
  const choose = async (...files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> => {
    await ada.page.locator('.composer input[type=file]').setInputFiles(files);
    await ada.page.getByRole('dialog', { name: /^Send \d+ file/ }).waitFor();
  };
  const sendNow = (): Promise<void> => ada.press('Send now');
  const strip = () => ada.page.getByRole('list', { name: 'Files on their way' });

  beforeAll(async () => {
    app = await WebApp.start({}, MICROPHONE);
    ada = await app.newPerson('ada.lovelace');
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    await ada.beginChat('grace');
    await ada.page.getByLabel('Write a message').waitFor();
    await ada.write('Here they come');
    ({ id: chat } = await until(async () => (await grace.conversations.list())[0], 'the chat is there', 20_000));
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('have a small picture, a size in pixels and a caption, and come as they were', async () => {
    const picture = await drawnPicture(ada.page, { width: 1200, height: 800, type: 'image/png' });
    await choose({ name: 'engine.png', mimeType: 'image/png', buffer: picture });
    expect(await ada.obstacles()).toEqual([]);
    await ada.fill('Caption', 'The engine');
    await sendNow();
    const message = await arrived('engine.png');
    expect(message.content).toMatchObject({ mediaType: 'image/png', width: 1200, height: 800, caption: 'The engine' });
    const thumbnail = Buffer.from(message.content.thumbnail ?? '', 'base64url');
    expect(thumbnail.subarray(0, 2).toString('hex')).toBe('ffd8');
    expect(thumbnail.length).toBeLessThanOrEqual(16 * 1024);
    expect((await bytesOf(message)).equals(picture)).toBe(true);
    await ada.reads('The engine');
    await ada.page.getByRole('button', { name: 'Show engine.png' }).waitFor();
    expect(await ada.obstacles()).toEqual([]);
  });

  it('leave without what a camera has written into them, and lie as they did, unless somebody wants it to stay', async () => {
    const drawn = await drawnPicture(ada.page, { width: 60, height: 40, type: 'image/jpeg' });
    const photo = asTaken(drawn);
    expect(photo.includes(PLACE)).toBe(true);
    await choose({ name: 'plain.jpg', mimeType: 'image/jpeg', buffer: photo });
    await ada.page.getByRole('checkbox', { name: /^Leave out what a camera/, checked: true }).waitFor();
    expect(await ada.obstacles()).toEqual([]);
    await sendNow();
    const plain = await arrived('plain.jpg');
    // It is to be turned, so it is as high as it was wide.
    expect(plain.content).toMatchObject({ width: 40, height: 60 });
    expect((await bytesOf(plain)).includes(PLACE)).toBe(false);
    await choose({ name: 'whole.jpg', mimeType: 'image/jpeg', buffer: photo });
    await ada.page.getByRole('checkbox', { name: /^Leave out what a camera/ }).click();
    await sendNow();
    expect((await bytesOf(await arrived('whole.jpg'))).equals(photo)).toBe(true);
    await choose({ name: 'noise.png', mimeType: 'image/png', buffer: randomBytes(100) });
    await sendNow();
    await strip()
      .getByText(/^It is no photo as it should be/)
      .waitFor();
    await ada.press('Do not send noise.png');
  });

  it('may be several, in their order, without those that were left out', async () => {
    const text = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(`this is ${name}`) });
    await choose(text('one.txt'), text('two.txt'), text('three.txt'));
    await ada.press('Leave out two.txt');
    await sendNow();
    await arrived('three.txt');
    const names: string[] = [];
    for await (const { content } of grace.attachments.list(chat)) names.push(content.name);
    expect(names.slice(0, 2)).toEqual(['three.txt', 'one.txt']);
    expect(String(await bytesOf(await arrived('one.txt')))).toBe('this is one.txt');
  });

  it('can be dropped on a chat', async () => {
    await dropOn(ada.page, { name: 'dropped.txt', type: 'text/plain', text: 'dropped' });
    await sendNow();
    expect(String(await bytesOf(await arrived('dropped.txt')))).toBe('dropped');
  });

  it('can be pasted where one writes, and text stays text', async () => {
    await pasteInto(ada.page.getByLabel('Write a message'), { name: 'pasted.txt', type: 'text/plain', text: 'pasted' });
    await sendNow();
    expect(String(await bytesOf(await arrived('pasted.txt')))).toBe('pasted');
  });

  it('have a picture of themselves and a length where they are films', async () => {
    const film = await filmed(ada.page);
    await choose({ name: 'film.webm', mimeType: 'video/webm', buffer: film });
    await sendNow();
    const { content } = await arrived('film.webm');
    expect(content).toMatchObject({ mediaType: 'video/webm', width: 64, height: 48 });
    expect(
      Buffer.from(content.thumbnail ?? '', 'base64url')
        .subarray(0, 2)
        .toString('hex'),
    ).toBe('ffd8');
    await ada.page.getByRole('button', { name: 'Play film.webm' }).waitFor();
  });

  it('may be what somebody says, for as long as they speak', async () => {
    await ada.press('Record a voice message');
    const timer = ada.page.getByRole('timer');
    await timer.getByText('0:01').waitFor();
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Discard recording');
    await ada.press('Record a voice message');
    await timer.getByText('0:01').waitFor();
    await ada.press('Send voice message');
    const message = await arrived(/^Voice message\./);
    expect(message.content.mediaType).toMatch(/^audio\/(webm|mp4|ogg)$/);
    expect(message.content.durationMs).toBeGreaterThan(400);
    expect((await bytesOf(message)).length).toBeGreaterThan(100);
    await ada.page.getByRole('button', { name: /^Play Voice message/ }).click();
    await ada.page.locator('audio').waitFor();
    const isPlayable = `document.querySelector('audio').readyState > 1`;
    await until(() => ada.page.evaluate<boolean>(isPlayable), 'the recording can be played', 10_000);
    let recordings = 0;
    for await (const { content } of grace.attachments.list(chat))
      if (content.mediaType.startsWith('audio/')) recordings++;
    expect(recordings).toBe(1);
  });

  it('can be cancelled while they wait for a connection', async () => {
    await ada.page.context().setOffline(true);
    await choose({ name: 'never.bin', mimeType: 'application/octet-stream', buffer: randomBytes(MIB) });
    await sendNow();
    await strip().getByText('never.bin').waitFor();
    expect(await ada.obstacles()).toEqual([]);
    await ada.press('Do not send never.bin');
    await strip().waitFor({ state: 'detached' });
    await ada.page.context().setOffline(false);
    await ada.write('After all');
    const isThere = async (): Promise<boolean> =>
      (await grace.messages.history(chat)).some(
        ({ content }) => content?.kind === 'text' && content.text === 'After all',
      );
    await until(isThere, 'what was written later has come', 20_000);
    const names: string[] = [];
    for await (const { content } of grace.attachments.list(chat)) names.push(content.name);
    expect(names).not.toContain('never.bin');
    const left = await app.relay.query(`SELECT 1 FROM attachments WHERE state = 'open'`);
    expect(left).toEqual([]);
  });

  it('go on after the app was closed, with the same file and no other', async () => {
    const buffer = randomBytes(3 * MIB);
    const uploads = '**/v1/attachments/*';
    let pieces = 0;
    // The first piece comes, and then nothing more does.
    await ada.page.context().route(uploads, (route) => {
      if (route.request().method() !== 'PATCH' || ++pieces === 1) return route.continue();
      return undefined;
    });
    await choose({ name: 'long.bin', mimeType: 'application/octet-stream', buffer });
    await sendNow();
    await until(() => pieces > 1, 'one piece is there', 20_000);
    await ada.page.reload();
    await ada.page.context().unroute(uploads);
    await ada.unlock();
    await ada.openChat('grace');
    await strip().getByText('It was broken off. Choose the same file to go on.').waitFor();
    expect(await ada.obstacles()).toEqual([]);
    const again = (other: Buffer): Promise<void> =>
      strip().locator('input[type=file]').setInputFiles({ name: 'long.bin', mimeType: '', buffer: other });
    await again(randomBytes(3 * MIB));
    await strip().getByText('This is another file, or it has changed.').waitFor();
    await again(buffer);
    expect((await bytesOf(await arrived('long.bin'))).equals(buffer)).toBe(true);
    await strip().waitFor({ state: 'detached' });
  });

  it('are refused with a reason where the server has no room', async () => {
    await ada.page.context().route('**/v1/attachments', (route) => {
      const refusal = { type: 'about:blank', title: 'No room', status: 413, code: 'attachment_too_large', detail: '' };
      return route.request().method() === 'POST'
        ? route.fulfill({ status: 413, json: refusal, contentType: 'application/problem+json' })
        : route.continue();
    });
    await choose({ name: 'huge.bin', mimeType: '', buffer: randomBytes(100) });
    await sendNow();
    await strip().getByText('It is larger than this server takes.').waitFor();
    await ada.page.context().unroute('**/v1/attachments');
    await strip().getByRole('button', { name: 'Try again' }).click();
    await arrived('huge.bin');
  });

  it('can be saved as they were', async () => {
    const buffer = randomBytes(2 * MIB);
    await choose({ name: 'own.bin', mimeType: '', buffer });
    await sendNow();
    await arrived('own.bin');
    const [download] = await Promise.all([ada.page.waitForEvent('download'), ada.press('Save own.bin')]);
    expect(download.suggestedFilename()).toBe('own.bin');
    expect((await readFile(await download.path())).equals(buffer)).toBe(true);
  });
});
