import './cheap-argon2.js';
import { MemoryStore, Sealpost } from '#sdk';
import { until } from '#testing';
import { describeInChromium } from '../browser/chromium.js';
import { Probe } from '../browser/probe.js';
import { WebBuild } from '../browser/web-build.js';
import { PASSWORD, type Person, WebApp } from '../browser/web-app.js';

/** The app that a browser has kept: without the relay, after an upgrade, and where there is no app any more. */

describeInChromium('a web app that a browser has kept', () => {
  const build = WebBuild.copy();
  let app: WebApp;
  let ada: Person;
  let grace: Sealpost;
  let chat: string;
  let probe: Probe;

  type Kept = Record<string, Record<string, string>>;
  const cached = async (): Promise<Kept> => (await probe.run('cachedFiles')) as Kept;
  const scriptOf = async ({ page }: Person): Promise<string> =>
    (await page.locator('script[type=module]').getAttribute('src')) ?? '';
  const isKept = async (): Promise<boolean> =>
    ((await probe.run('placesStored')) as string[]).some((place) => place.startsWith('service worker')) &&
    Object.keys(await cached()).length > 0;

  beforeAll(async () => {
    app = await WebApp.start({ WEB_DIR: build.directory });
    grace = new Sealpost({ url: app.relay.url, store: await MemoryStore.open() });
    ada = await app.newPerson('ada.lovelace');
    probe = await Probe.put(ada.page);
    await Promise.all([ada.register(), grace.register({ username: 'grace', password: PASSWORD })]);
    await ada.keepRecoveryCode();
    ({ id: chat } = await grace.conversations.direct(ada.username));
    await grace.messages.send(chat, 'before the storm');
    await ada.openChat('grace');
    await ada.reads('before the storm');
    await until(isKept, 'the app is kept', 20_000);
    await ada.page.reload();
    await ada.unlock();
  }, 60_000);
  afterEach(() => {
    expect(app.takeComplaints().filter((line) => !isOfTheNetwork(line))).toEqual([]);
  });
  afterAll(async () => {
    await grace.close();
    await app.stop();
    build.remove();
  });

  it('says what it is to who installs it', async () => {
    const manifest = JSON.parse(await (await fetch(`${app.relay.url}/manifest.webmanifest`)).text());
    expect(manifest).toMatchObject({ name: 'Sealpost', start_url: '/', scope: '/', display: 'standalone' });
    expect(manifest.icons.filter(({ purpose }: { purpose?: string }) => purpose === 'maskable')).toHaveLength(2);
    for (const { src, sizes, type } of manifest.icons) {
      const reply = await fetch(`${app.relay.url}${src}`);
      expect([reply.status, reply.headers.get('content-type')]).toEqual([200, type]);
      const bytes = Buffer.from(await reply.arrayBuffer());
      if (type === 'image/png') expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
    }
    const session = await ada.page.context().newCDPSession(ada.page);
    const { errors } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
  });

  it('is all of it, and nothing else: no answer of the API, and nothing that anybody has written', async () => {
    const files = [...build.filesIn('assets'), ...build.filesIn('workers'), 'icon.svg'].map((path) => `/${path}`);
    expect(Object.values(await cached()).map((kept) => Object.keys(kept).sort())).toEqual([['/', ...files].sort()]);
  });

  it('opens without the relay, locked, and has what was read when it is unlocked', async () => {
    await app.relay.whileAway(async () => {
      await ada.page.reload();
      await ada.sees(/Welcome back/);
      await ada.unlock();
      await ada.openChat('grace');
      await ada.reads('before the storm');
      await ada.sees('No connection. Messages you write are sent when it is back.');
      await ada.write('in the storm');
      await ada.page.getByRole('img', { name: 'Sending' }).waitFor();
    });
    await ada.reads('in the storm');
  });

  it('is as strict as one that has just come: with the policies of the page and of the worker', async () => {
    const [kept = {}] = Object.values(await cached());
    expect(kept['/']).toMatch(/script-src 'self';.*require-trusted-types-for 'script'/);
    const ofWorkers = Object.entries(kept).filter(([path]) => path.startsWith('/workers/'));
    expect(ofWorkers.length).toBeGreaterThan(0);
    for (const [, policy] of ofWorkers) expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'wasm-/);
    expect(await probe.run('putMarkup', '<b>x</b>')).toBe('TypeError');
    const reached = ada.page.evaluate(() =>
      fetch('/v1/server').then(
        () => 'reached',
        () => 'refused',
      ),
    );
    expect(await reached).toBe('refused');
    app.takeComplaints();
  });

  it('stays whole while the relay has files of two versions', async () => {
    const before = await cached();
    const [asset] = build.filesIn('assets');
    await build.becomeVersion('second');
    const [renamed] = build.filesIn('assets').filter((path) => path.includes(asset!.replace(/\.\w+$/, '')));
    build.change(renamed!, '/* of another version */');
    await app.relay.restart();
    expect(await probe.run('update')).toBe('redundant');
    const after = await cached();
    expect(Object.fromEntries(Object.entries(after).filter(([name]) => name in before))).toEqual(before);
    await ada.page.reload();
    await ada.unlock();
    expect(await scriptOf(ada)).not.toContain('second');
    await ada.openChat('grace');
    await ada.reads('in the storm');
    expect(await ada.page.getByText('A new version of Sealpost is ready').count()).toBe(0);
  });

  it('gives way to a newer one when its user says so, in all tabs, and nothing of it stays', async () => {
    await build.becomeVersion('third');
    await app.relay.restart();
    expect(await probe.run('update')).toBe('installed');
    const tab = await app.newTab(ada);
    await tab.sees('Sealpost is open in another tab');
    expect(await scriptOf(tab)).not.toContain('third');
    await ada.sees('A new version of Sealpost is ready');
    expect(await ada.obstacles()).toEqual([]);
    const reloaded = tab.page.waitForEvent('load');
    await ada.press('Use it now');
    await reloaded;
    await until(async () => (await scriptOf(ada).catch(() => '')).includes('third'), 'the newer one runs', 20_000);
    await until(async () => (await scriptOf(tab).catch(() => '')).includes('third'), 'in both tabs', 20_000);
    await tab.page.close();
    await ada.page.reload();
    await ada.unlock();
    await ada.openChat('grace');
    await ada.reads('in the storm');
    const [kept = {}, ...others] = Object.values(await cached());
    expect(others).toEqual([]);
    expect(Object.keys(kept).filter((path) => path.startsWith('/assets/') && !path.includes('third'))).toEqual([]);
  });

  it('goes where there is no app any more, once it is closed; what was stored of the account stays', async () => {
    build.take('index.html');
    await app.relay.restart();
    expect(await probe.run('update')).toBe('installed');
    await ada.sees('in the storm');
    const context = ada.page.context();
    await ada.page.close();
    /** What is left in the browser, as a page finds it that is open for a moment. */
    const left = async (): Promise<string[]> => {
      const page = await context.newPage();
      const status = (await page.goto(app.relay.url))?.status();
      const places = (await (await Probe.put(page)).run('placesStored')) as string[];
      await page.close();
      return [...places, `page ${String(status)}`];
    };
    await until(async () => (await left()).every((place) => !/^(service|cache)/.test(place)), 'it is gone', 20_000);
    expect(await left()).toEqual(['database sealpost', 'local sealpost.has-account', 'page 404']);
  });
});

/** A relay that is away, or being upgraded, is what some of these are about: the browser takes both for errors. */
function isOfTheNetwork(complaint: string): boolean {
  return /ERR_CONNECTION_REFUSED|WebSocket connection|integrity|Failed to load resource|status of 404/.test(complaint);
}
