import { scaled, TestRelay, until } from '#testing';
import { Chromium, describeInChromium, type Tab } from '../browser/chromium.js';

/** The whole SDK in workers of two pages, bundled, under a strict content security policy, with a relay of another origin. */

const PASSWORD = 'correct horse battery staple';
const MANY = scaled({ ci: 20, gate: 200 });
/** Whatever takes 50 ms is felt. In CI the page shares two cores with everything else. */
const FELT_MS = scaled({ ci: 250, gate: 50 });
const KILLS = scaled({ ci: 1, gate: 40 });

const WORKERS = { worker: 'libs/sdk/src/browser/worker.ts', hopping: 'test/browser/pages/hopping.worker.ts' };

let names = 0;
const freshName = (): string => `tab${String(names++)}-${Math.random().toString(36).slice(2, 10)}`;

describeInChromium('the SDK in a browser', () => {
  let browser: Chromium;
  let relay: TestRelay;
  let ada: Tab;
  let grace: Tab;
  let chat: string;
  const [adaName, graceName] = [freshName(), freshName()];

  const connect = (tab: Tab, store: string, options: object = {}): Promise<unknown> =>
    tab.run('connect', { url: relay.url, store, ...options });

  async function registered(username: string): Promise<Tab> {
    const tab = await browser.openTab();
    expect(await connect(tab, username)).toBe('none');
    expect(await tab.run('register', { username, password: PASSWORD })).toBe('none');
    return tab;
  }

  const reads = (tab: Tab, text: string): Promise<unknown> =>
    until(async () => ((await tab.run('texts', chat)) as string[]).includes(text), `somebody reads ${text}`, 20_000);

  /** Both have the same messages, in the same order, and none of them twice. */
  async function agree(): Promise<void> {
    const texts = async (tab: Tab): Promise<string> => JSON.stringify(await tab.run('texts', chat));
    await until(async () => (await texts(ada)) === (await texts(grace)), 'both have the same messages');
    const all = (await ada.run('texts', chat)) as string[];
    expect(new Set(all).size).toBe(all.length);
  }

  beforeAll(async () => {
    browser = await Chromium.start('test/browser/pages/sdk.page.ts', WORKERS);
    relay = await TestRelay.start({ environment: { CORS_ORIGINS: browser.origin } });
    [ada, grace] = await Promise.all([registered(adaName), registered(graceName)]);
    chat = String(await ada.run('direct', graceName));
  });
  afterEach(() => {
    expect(browser.takeComplaints()).toEqual([]);
  });
  afterAll(async () => {
    await browser.stop();
    await relay.stop();
  });

  it('lets two pages chat both ways', async () => {
    await ada.run('send', { id: chat, text: 'Good morning' });
    await reads(grace, 'Good morning');
    await grace.run('send', { id: chat, text: 'And to you' });
    await reads(ada, 'And to you');
    expect(await ada.run('found', 'and YOU')).toEqual(['And to you']);
    expect(await ada.run('username')).toBe(adaName);
    expect(await ada.run('safetyNumber', chat)).toBe(await grace.run('safetyNumber', chat));
  });

  it('lets them send each other files, which the worker takes and gives piece by piece', async () => {
    const [mebibyte, bytes] = [1024 ** 2, 2 * 1024 ** 2 + 5];
    expect(await ada.run('cancelFile', { id: chat, bytes })).toBe('RangeError: changed my mind');
    expect(await ada.run('sendFile', { id: chat, bytes })).toEqual([mebibyte, 2 * mebibyte, bytes]);
    const isRead = async (): Promise<boolean> => ((await grace.run('readFile', chat)) as { isSame: boolean }).isSame;
    await until(isRead, 'the file is read', 20_000);
    expect(await grace.run('readFile', chat)).toEqual({ pieces: 3, isSame: true });
  });

  it('goes on after a reload of the page in the middle of it, and misses nothing', async () => {
    await grace.run('send', { id: chat, text: 'before the reload' });
    await ada.reload();
    await grace.run('send', { id: chat, text: 'while it reloads' });
    expect(await connect(ada, adaName)).toBe('none');
    expect(await ada.run('unlock', PASSWORD)).toBe('none');
    await reads(ada, 'while it reloads');
    await ada.run('send', { id: chat, text: 'back again' });
    await reads(grace, 'back again');
    await agree();
  });

  it('locks, refuses a wrong password, and unlocks', async () => {
    expect(await ada.run('lock')).toBe('none');
    expect(await ada.run('self')).toBe('locked');
    expect(await ada.run('send', { id: chat, text: 'never' })).toBe('locked');
    expect(await ada.run('unlock', 'another password')).toBe('wrong_password');
    expect(await ada.run('unlock', PASSWORD)).toBe('none');
    expect(await ada.run('self')).toBe('none');
  });

  it('refuses a second tab, which may take over: the first is locked, and no message is lost or comes twice', async () => {
    const second = await browser.openTab();
    expect(await connect(second, adaName)).toBe('store_in_use');
    expect(await connect(second, adaName, { steal: true })).toBe('none');
    await until(async () => ((await ada.run('heard')) as string[]).includes('failed store_closed'), 'it hears of it');
    expect(await ada.run('self')).toBe('locked');
    expect(await second.run('unlock', PASSWORD)).toBe('none');
    await second.run('send', { id: chat, text: 'from the second tab' });
    await reads(grace, 'from the second tab');
    await ada.close();
    ada = second;
    await agree();
  });

  it('says when its worker is gone, and goes on in another one', async () => {
    expect(await ada.run('askAndKill')).toBe('worker_ended');
    expect(await ada.run('heard')).toContain('failed worker_ended');
    expect(await ada.run('send', { id: chat, text: 'never' })).toBe('worker_ended');
    expect(await connect(ada, adaName)).toBe('none');
    expect(await ada.run('unlock', PASSWORD)).toBe('none');
    expect(await ada.run('close')).toBe('none');
    expect(await ada.run('send', { id: chat, text: 'never' })).toBe('store_closed');
    expect(await connect(ada, adaName)).toBe('none');
    expect(await ada.run('unlock', PASSWORD)).toBe('none');
  });

  it('says when there is no worker to begin with', async () => {
    const tab = await browser.openTab();
    expect(await connect(tab, 'nobody', { script: '/missing.js' })).toBe('worker_ended');
    await tab.close();
    // That there is none, the browser says, too.
    browser.takeComplaints();
  });

  it('has state, cursor and message together wherever its worker is killed, and where WebCrypto is never done at once', async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      await ada.run('killWorker');
      expect(await connect(ada, adaName, { script: '/hopping.js' })).toBe('none');
      expect(await ada.run('unlock', PASSWORD)).toBe('none');
      await Promise.all([
        grace.run('sendMany', { id: chat, count: 5, text: `to be killed ${String(kill)}` }),
        ada.run('sendMany', { id: chat, count: 5, text: `from the killed ${String(kill)}` }),
      ]);
      await reads(ada, `to be killed ${String(kill)} ${String(kill % 5)}`);
    }
    await ada.run('killWorker');
    expect(await connect(ada, adaName)).toBe('none');
    expect(await ada.run('unlock', PASSWORD)).toBe('none');
    const killed = async (): Promise<number> =>
      ((await grace.run('texts', chat)) as string[]).filter((text) => text.includes('killed')).length;
    await until(async () => (await killed()) === KILLS * 10, 'nothing is missing', 20_000);
    await agree();
  });

  it(`leaves the page free while ${String(MANY)} messages arrive`, async () => {
    await grace.run('longTasks');
    await ada.run('sendMany', { id: chat, count: MANY, text: 'number' });
    await reads(grace, `number ${String(MANY - 1)}`);
    const longTasks = (await grace.run('longTasks')) as number[];
    expect(longTasks.filter((ms) => ms >= FELT_MS)).toEqual([]);
  });

  describe('with the refresh token in a cookie', () => {
    const name = freshName();
    let tab: Tab;

    const sessions = (): Promise<{ transport: string }[]> =>
      relay.query(
        `SELECT transport FROM sessions JOIN accounts ON accounts.id = account_id
         WHERE username = $1 AND sessions.revoked_at IS NULL`,
        [name],
      );

    beforeAll(async () => {
      tab = await browser.openTab();
      expect(await connect(tab, name, { tokenTransport: 'cookie' })).toBe('none');
      expect(await tab.run('register', { username: name, password: PASSWORD })).toBe('none');
    });

    it('keeps it where no script can read it, and sends it nowhere else', async () => {
      expect(await sessions()).toEqual([{ transport: 'cookie' }]);
      expect(await browser.cookies()).toMatchObject([
        { name: '__Host-sealpost-refresh', httpOnly: true, sameSite: 'Strict', secure: true },
      ]);
      expect(await tab.run('cookies')).toBe('');
    });

    it('goes on after a reload, and when the access token has expired, in the same session', async () => {
      await tab.reload();
      relay.clock.advance(11 * 60_000);
      expect(await connect(tab, name, { tokenTransport: 'cookie' })).toBe('none');
      expect(await tab.run('unlock', PASSWORD)).toBe('none');
      expect(await tab.run('direct', graceName)).toEqual(expect.any(String));
      expect(await sessions()).toHaveLength(1);
    });

    it('has it deleted when the session ends', async () => {
      expect(await tab.run('signOut')).toBe('none');
      expect(await sessions()).toEqual([]);
      expect(await browser.cookies()).toEqual([]);
    });
  });
});
