import './cheap-argon2.js';
import { createHash, randomBytes } from 'node:crypto';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type AttachmentFile, MemoryStore, Sealpost, type SendFileOptions } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';
import { drawnPicture, filmed } from '../browser/web-files.js';

/** Files in the web app, as somebody gets them: Grace sends them from another client. */

const MIB = 1024 ** 2;
const TURNED = '\u202e';

describeInChromium('files that come to the web app', () => {
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let chat: string;

  const send = (bytes: Buffer, options: SendFileOptions): Promise<string> => {
    const slice = (from: number, to: number) => Promise.resolve(new Uint8Array(bytes.subarray(from, to)));
    const file: AttachmentFile = { size: bytes.length, slice };
    return grace.attachments.send(chat, file, options);
  };
  const saved = async (name: string): Promise<{ name: string; bytes: Buffer }> => {
    const [download] = await Promise.all([ada.page.waitForEvent('download'), ada.press(`Save ${name}`)]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const viewer = () => ada.page.getByRole('dialog');

  beforeAll(async () => {
    app = await WebApp.start();
    ada = await app.newPerson('ada.lovelace');
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    ({ id: chat } = await grace.conversations.direct(ada.username));
    await grace.messages.send(chat, 'Here they come');
    await ada.openChat('grace');
    await ada.reads('Here they come');
    await ada.page.getByLabel('Write a message').waitFor();
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
  });

  it('are fetched when somebody wants to see them, and not before', async () => {
    const picture = await drawnPicture(ada.page, { width: 640, height: 400, type: 'image/jpeg' });
    const thumbnail = await drawnPicture(ada.page, { width: 64, height: 40, type: 'image/jpeg' });
    let reads = 0;
    ada.page.context().on('request', (request) => {
      if (request.method() === 'GET' && request.url().includes('/v1/attachments/')) reads++;
    });
    await send(picture, { name: 'beach.jpg', type: 'image/jpeg', width: 640, height: 400, thumbnail });
    await ada.page.getByRole('button', { name: 'Show beach.jpg' }).click();
    const shown = viewer().getByRole('img', { name: 'beach.jpg' });
    await shown.waitFor();
    const width = `document.querySelector('.viewer img').naturalWidth`;
    await until(async () => (await ada.page.evaluate(width)) === 640, 'the whole picture is shown', 10_000);
    expect(reads).toBe(1);
    expect(await ada.obstacles()).toEqual([]);
    await ada.page.keyboard.press('Escape');
    await shown.waitFor({ state: 'detached' });
  });

  it('are played, where they are films', async () => {
    const film = await filmed(ada.page);
    await send(film, { name: 'film.webm', type: 'video/webm', width: 64, height: 48 });
    await ada.page.getByRole('button', { name: 'Show film.webm' }).click();
    const ready = `(document.querySelector('.viewer video')?.readyState ?? 0) > 1`;
    await until(() => ada.page.evaluate<boolean>(ready), 'the film can be played', 10_000);
    await ada.press('Close');
  });

  it('are said to be nothing that can be shown, where they are not what they say', async () => {
    await send(randomBytes(5_000), { name: 'noise.png', type: 'image/png' });
    await ada.page.getByRole('button', { name: 'Show noise.png' }).click();
    await viewer().getByText('This browser cannot show it. Save it to open it elsewhere.').waitFor();
    await ada.press('Close');
  });

  it('are never opened as pages, whatever they are, nor named as what they are not', async () => {
    const page = Buffer.from('<script>parent.document.title = "taken"</script>');
    await send(page, { name: `invoice${TURNED}fdp.html`, type: 'text/html' });
    await send(page, { name: 'drawing.svg', type: 'image/svg+xml' });
    await ada.page.getByText('drawing.svg').first().waitFor();
    expect(await ada.page.getByRole('button', { name: /^(Show|Play) (drawing|invoice)/ }).count()).toBe(0);
    expect(await saved('invoicefdp.html')).toEqual({ name: 'invoicefdp.html', bytes: page });
    expect(await ada.page.title()).not.toBe('taken');
  });

  it('are written to the disk as they come, where they are large', async () => {
    const bytes = randomBytes(40 * MIB);
    await send(bytes, { name: 'large.bin' });
    await ada.page.evaluate(
      `window.showSaveFilePicker = async ({ suggestedName }) =>
        (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true })`,
    );
    await ada.press('Save large.bin');
    await ada.page.getByRole('progressbar', { name: /^Fetching large\.bin/ }).waitFor();
    await ada.page.getByRole('button', { name: 'Save large.bin' }).waitFor({ timeout: 60_000 });
    const digest = await ada.page.evaluate(
      `(async () => {
        const root = await navigator.storage.getDirectory();
        const file = await (await root.getFileHandle('large.bin')).getFile();
        const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
        return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
      })()`,
    );
    expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('can be waited for no longer', async () => {
    const reads = '**/v1/attachments/*';
    await ada.page
      .context()
      .route(reads, (route) => (route.request().method() === 'GET' ? undefined : route.continue()));
    await send(randomBytes(100), { name: 'slow.bin' });
    await ada.press('Save slow.bin');
    await ada.press('Stop fetching slow.bin');
    await ada.page.getByRole('button', { name: 'Save slow.bin' }).waitFor();
    await ada.page.context().unroute(reads);
  });

  it('are not shown where the relay has changed them', async () => {
    const before = new Set(await readdir(app.relay.attachmentsDirectory, { recursive: true }));
    await send(randomBytes(3_000), { name: 'changed.bin' });
    const names = await readdir(app.relay.attachmentsDirectory, { recursive: true, withFileTypes: true });
    const added = names.filter((entry) => entry.isFile() && ![...before].some((name) => name.endsWith(entry.name)));
    expect(added).toHaveLength(1);
    const [blobFile] = added;
    const blob = await open(join(blobFile?.parentPath ?? '', blobFile?.name ?? ''), 'r+');
    await blob.write(Buffer.from([1, 2, 3, 4]), 0, 4, 100);
    await blob.close();
    await ada.press('Save changed.bin');
    await ada.page.getByText('This is not the file that was sent, so it is not shown.').waitFor();
    expect(await ada.obstacles()).toEqual([]);
  });

  it('are listed, newest first, with the way to where they stand', async () => {
    await ada.page.getByRole('link', { name: /^Details of/ }).click();
    await ada.page.getByRole('link', { name: 'Show files' }).click();
    const list = ada.page.getByRole('list', { name: 'Files in this chat' });
    await list.getByText('changed.bin').waitFor();
    const names = await list.locator('.file-name').allInnerTexts();
    expect(names).toEqual([
      'changed.bin',
      'slow.bin',
      'large.bin',
      'drawing.svg',
      'invoicefdp.html',
      'noise.png',
      'film.webm',
      'beach.jpg',
    ]);
    expect(await ada.obstacles()).toEqual([]);
    await list.getByRole('button', { name: 'Show beach.jpg' }).click();
    await viewer().getByRole('img', { name: 'beach.jpg' }).waitFor();
    await ada.press('Close');
    await ada.page.setViewportSize({ width: 360, height: 740 });
    expect(await ada.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await ada.page.setViewportSize({ width: 1280, height: 800 });
    await list.getByRole('link', { name: 'Show in chat' }).last().click();
    await ada.page.locator('.line-found').getByRole('button', { name: 'Show beach.jpg' }).waitFor();
  });

  it('are gone with their message, also where they were open', async () => {
    const messages = await grace.messages.history(chat);
    const beach = messages.find(({ content }) => content?.kind === 'attachment' && content.name === 'beach.jpg');
    await ada.page.getByRole('button', { name: 'Show beach.jpg' }).click();
    const shown = viewer().getByRole('img', { name: 'beach.jpg' });
    const address = await shown.getAttribute('src');
    await ada.press('Close');
    await grace.messages.delete(chat, beach?.id ?? '');
    await ada.page.getByRole('button', { name: 'Show beach.jpg' }).waitFor({ state: 'detached' });
    const isThere = `new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve(true);
      image.onerror = () => resolve(false);
      image.src = ${JSON.stringify(address)};
    })`;
    expect(await ada.page.evaluate(isThere)).toBe(false);
    // The browser says that there is nothing of that address.
    app.takeComplaints();
  });
});
